package org.keywarden.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.cli.console.Failure;

/** What setup does to a home, and that all of it can be undone. */
final class SetupTest {
  private static final String IM_CONFIG =
      "# im-config(8) generated on Mon, 30 Nov 2026\nrun_im ibus\n# im-config signature: 0  -\n";

  @TempDir private Path work;
  private Path home = Path.of("/");
  private Path root = Path.of("/");
  private final List<String> said = new ArrayList<>();

  @BeforeEach
  void directories() throws IOException {
    home = Files.createDirectory(work.resolve("home"));
    root = Files.createDirectory(work.resolve("root"));
  }

  private Map<String, String> environment() {
    return Map.of("HOME", home.toString());
  }

  private SetupPlan.Place place(DesktopKind kind) {
    return new SetupPlan.Place(
        root, environment(), Path.of("/opt/key warden/keywarden"), Path.of("/opt/bin"), kind);
  }

  private boolean setup(DesktopKind kind, boolean dry) throws IOException {
    SetupPlan.Place place = place(kind);
    Setup setup =
        new Setup(SetupJournal.read(SetupJournal.place(place.environment())), dry, said::add);
    setup.apply(SetupPlan.of(place).steps());
    return setup.leftAlone();
  }

  private boolean undo(boolean dry) throws IOException {
    Setup setup = new Setup(SetupJournal.read(SetupJournal.place(environment())), dry, said::add);
    setup.undo();
    return setup.leftAlone();
  }

  /** Every path below the home, with all that it is. */
  private Map<String, Object> tree() throws IOException {
    Map<String, Object> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path each : all.toList()) {
        boolean directory = Files.isDirectory(each) && !Files.isSymbolicLink(each);
        tree.put(
            home.relativize(each).toString(),
            directory
                ? PosixFilePermissions.toString(Files.getPosixFilePermissions(each))
                : FileState.of(each));
      }
    }
    return tree;
  }

  private Path write(String name, String content, String mode) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private void install(String name) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.createFile(root.resolve(name));
  }

  @ParameterizedTest
  @EnumSource
  void whatWasThereIsPutBackToTheByte(DesktopKind kind) throws IOException {
    install("etc/xdg/autostart/org.fcitx.Fcitx5.desktop");
    write(".xprofile", "echo no newline at the end", "rwxr-x---");
    write(".config/autostart/other.desktop", "x", "rw-r--r--");
    Map<String, Object> before = tree();
    assertFalse(setup(kind, false));
    Map<String, Object> after = tree();
    assertTrue(after.size() > before.size());
    said.clear();
    assertFalse(setup(kind, false));
    assertEquals(after, tree(), "twice is once");
    assertTrue(
        said.stream().allMatch(line -> line.startsWith("as it should be: ")), said::toString);
    assertFalse(undo(true));
    assertEquals(after, tree(), "a dry undo");
    assertFalse(undo(false));
    assertEquals(before, tree());
    assertFalse(undo(false));
    assertEquals(before, tree(), "twice is once");
  }

  @ParameterizedTest
  @EnumSource
  void aDryRunSaysTheSameAndWritesNothing(DesktopKind kind) throws IOException {
    setup(kind, true);
    assertEquals(List.of(""), List.copyOf(tree().keySet()));
    List<String> would = said.stream().map(line -> line.replace("would write", "written")).toList();
    said.clear();
    setup(kind, false);
    assertEquals(would, said);
  }

  @Test
  void imConfigsFileIsReplacedAndComesBack() throws IOException {
    install("usr/share/im-config/xinputrc.common");
    Path file = write(".xinputrc", IM_CONFIG, "rw-rw-r--");
    Map<String, Object> before = tree();
    assertFalse(setup(DesktopKind.X11, false));
    assertTrue(Files.readString(file).contains("XMODIFIERS=@im=ibus"));
    assertTrue(Files.notExists(home.resolve(".xprofile")));
    undo(false);
    assertEquals(before, tree());
  }

  @Test
  void whereThePackageIsImConfigStartsIt() throws IOException {
    install("usr/share/im-config/xinputrc.common");
    install("usr/share/im-config/data/29_keywarden.rc");
    setup(DesktopKind.X11, false);
    assertTrue(Files.readString(home.resolve(".xinputrc")).endsWith("\nrun_im keywarden\n"));
    assertTrue(Files.notExists(home.resolve(".config")), "nothing else starts it too");
    undo(false);
    assertEquals(List.of(""), List.copyOf(tree().keySet()));
  }

  @Test
  void whatIsNotExpectedIsLeftAloneAndSaid() throws IOException {
    install("usr/share/im-config/xinputrc.common");
    Path mine = write("dotfiles/xinputrc", IM_CONFIG, "rw-r--r--");
    Files.createSymbolicLink(home.resolve(".xinputrc"), mine);
    Path autostart = write(".config/autostart/keywarden.desktop", "mine", "rw-r--r--");
    Map<String, Object> before = tree();
    assertTrue(setup(DesktopKind.X11, false));
    assertEquals(before, tree());
    assertEquals(2, said.stream().filter(line -> line.startsWith("left alone: ")).count());
    assertEquals("mine", Files.readString(autostart));
  }

  @Test
  void whatWasChangedSinceIsLeftAloneAndSaid() throws IOException {
    setup(DesktopKind.X11, false);
    Path changed = home.resolve(".config/autostart/keywarden.desktop");
    Files.writeString(changed, "X-GNOME-Autostart-enabled=false\n");
    assertTrue(undo(false));
    assertEquals("X-GNOME-Autostart-enabled=false\n", Files.readString(changed));
    assertTrue(Files.notExists(home.resolve(".xprofile")));
    Files.delete(changed);
    assertFalse(undo(false));
    assertEquals(List.of(""), List.copyOf(tree().keySet()));
  }

  @Test
  void ourLinesLeaveAFileThatWasChangedSince() throws IOException {
    Path file = write(".xprofile", "before\n", "rw-r--r--");
    setup(DesktopKind.X11, false);
    Files.writeString(file, Files.readString(file) + "later\n");
    assertFalse(undo(false));
    assertEquals("before\nlater\n", Files.readString(file));
  }

  @Test
  void theUnitOfThePackageIsLinkedAndNoneIsWritten() throws IOException {
    install("usr/lib/systemd/user/keywarden.service");
    setup(DesktopKind.PLASMA, false);
    Path units = home.resolve(".config/systemd/user");
    assertEquals(
        new FileState.Link(root.resolve("usr/lib/systemd/user/keywarden.service").toString()),
        FileState.of(units.resolve("graphical-session.target.wants/keywarden.service")));
    assertTrue(Files.notExists(units.resolve("keywarden.service")));
  }

  @Test
  void gnomesOwnUnitStartsKeywarden() throws IOException {
    install("usr/lib/systemd/user/org.freedesktop.IBus.session.GNOME.service");
    setup(DesktopKind.GNOME, false);
    Path dropIn =
        home.resolve(
            ".config/systemd/user/org.freedesktop.IBus.session.GNOME.service.d/keywarden.conf");
    assertTrue(
        Files.readString(dropIn)
            .endsWith("ExecStart=\nExecStart=\"/opt/key warden/keywarden\" run\nDelegate=yes\n"));
  }

  @Test
  void whatIsNotThereAnyMoreIsWrittenAgain() throws IOException {
    assertFalse(DoneSetup.read(environment()).any());
    Path file = write(".xprofile", "mine\n", "rw-r--r--");
    Map<String, Object> before = tree();
    setup(DesktopKind.X11, false);
    Map<String, Object> after = tree();
    assertEquals(List.of(), DoneSetup.read(environment()).missing());
    Files.writeString(file, "mine\n");
    Path autostart = home.resolve(".config/autostart/keywarden.desktop");
    Files.delete(autostart);
    Files.delete(autostart.getParent());
    assertEquals(List.of(file, autostart), DoneSetup.read(environment()).missing());
    DoneSetup.read(environment()).mend(said::add);
    assertEquals(after, tree());
    undo(false);
    assertEquals(before, tree());
  }

  @Test
  void aJournalThatIsNoneChangesNothing() throws IOException {
    write(".local/state/keywarden/setup.json", "{\"version\": 9}", "rw-------");
    Map<String, Object> before = tree();
    assertThrows(Failure.class, () -> setup(DesktopKind.X11, false));
    assertThrows(Failure.class, () -> undo(false));
    assertEquals(before, tree());
  }

  @Test
  void aDesktopIsKnownByItsName() {
    assertEquals(DesktopKind.GNOME, DesktopKind.of(Map.of("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")));
    assertEquals(DesktopKind.PLASMA, DesktopKind.of(Map.of("XDG_CURRENT_DESKTOP", "KDE")));
    assertEquals(DesktopKind.SWAY, DesktopKind.of(Map.of("XDG_CURRENT_DESKTOP", "sway")));
    assertEquals(DesktopKind.X11, DesktopKind.of(Map.of("XDG_CURRENT_DESKTOP", "XFCE")));
    assertEquals(DesktopKind.X11, DesktopKind.of(Map.of()));
  }
}
