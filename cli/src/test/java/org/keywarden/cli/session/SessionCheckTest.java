package org.keywarden.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.Rival;
import org.keywarden.proto.admin.v1.Standing;

/** What is found missing of a session, and that each has its remedy. */
final class SessionCheckTest {
  private static final Standing OURS =
      Standing.newBuilder().setFilesOurs(true).setIbusName(true).setPortalName(true).build();

  @TempDir private Path root;
  private final Map<String, String> environment = new HashMap<>();

  private void install(String file) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
  }

  private List<String> row(String name, Optional<Standing> standing) throws IOException {
    environment.putIfAbsent("HOME", root.resolve("home").toString());
    Optional<GetStatusResponse> broker =
        standing.map(
            each ->
                GetStatusResponse.newBuilder()
                    .setStanding(each)
                    .setPid(ProcessHandle.current().pid())
                    .build());
    List<List<String>> rows =
        new SessionCheck(root, environment, broker, root.resolve("lib")).rows();
    for (List<String> each : rows) {
      assertEquals(each.get(1).equals("PRESENT"), each.get(3).isEmpty(), each::toString);
    }
    return rows.stream()
        .filter(each -> each.getFirst().equals("session: " + name))
        .findFirst()
        .orElse(List.of());
  }

  private List<String> row(String name) throws IOException {
    return row(name, Optional.empty());
  }

  @Test
  void variablesThatAreNotIbusAreNamed() throws IOException {
    environment.putAll(Map.of("GTK_IM_MODULE", "fcitx", "QT_IM_MODULE", "ibus"));
    assertEquals("GTK_IM_MODULE is fcitx, XMODIFIERS is not set", row("variables").get(2));
    environment.putAll(Map.of("GTK_IM_MODULE", "ibus", "XMODIFIERS", "@im=ibus"));
    assertEquals("PRESENT", row("variables").get(1));
    environment.put("IBUS_ADDRESS", "unix:path=/x");
    assertEquals("WEAKER", row("variables").get(1));
  }

  @Test
  void aToolkitWithoutItsModuleIsNamed() throws IOException {
    assertEquals("no toolkit is installed", row("modules").get(2));
    install("usr/lib/x86_64-linux-gnu/libgtk-3.so.0");
    assertEquals("none for: GTK 3", row("modules").get(2));
    install("usr/lib/x86_64-linux-gnu/gtk-3.0/3.0.0/immodules/im-ibus.so");
    assertEquals("GTK 3", row("modules").get(2));
    install("usr/lib/x86_64-linux-gnu/libQt5Gui.so.5");
    install(
        "usr/lib/x86_64-linux-gnu/qt5/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so");
    environment.put("PATH", root.resolve("bin").toString());
    assertTrue(row("modules").get(2).contains("ibus-daemon on PATH"));
    install("bin/ibus-daemon");
    assertEquals("GTK 3, Qt 5", row("modules").get(2));
  }

  @Test
  void somebodyMustShowCandidates() throws IOException {
    assertEquals("ABSENT", row("panel").get(1));
    install("usr/libexec/ibus-ui-gtk3");
    assertEquals("PRESENT", row("panel").get(1));
  }

  @Test
  void withoutABrokerNothingIsSaidOfApplications() throws IOException {
    assertEquals(List.of(), row("applications"));
    assertEquals("ABSENT", row("setup").get(1));
  }

  @Test
  void aRivalIsNamedWithWhatItHas() throws IOException {
    assertEquals("PRESENT", row("applications", Optional.of(OURS)).get(1));
    assertEquals("PRESENT", row("portal", Optional.of(OURS)).get(1));
    assertEquals("PRESENT", row("rivals", Optional.of(OURS)).get(1));
    Rival fcitx = Rival.newBuilder().setPid(7).setProgram("fcitx5").addHolds("x").build();
    Optional<Standing> beside = Optional.of(OURS.toBuilder().addRivals(fcitx).build());
    assertEquals("PRESENT", row("applications", beside).get(1));
    assertEquals("fcitx5 (pid 7) runs", row("rivals", beside).get(2));
    Optional<Standing> instead =
        Optional.of(
            OURS.toBuilder()
                .setFilesOurs(false)
                .setPortalName(false)
                .addRivals(fcitx.toBuilder().setTakesOurs(true))
                .build());
    assertEquals(
        "applications find fcitx5 (pid 7) and bypass Keywarden (x)",
        row("applications", instead).get(2));
    assertEquals("ABSENT", row("portal", instead).get(1));
  }

  @Test
  void aBrokerOfBeforeTheUpgradeIsSaid() throws IOException {
    assertEquals("PRESENT", row("restart", Optional.of(OURS)).get(1));
    install("lib/broker.jar");
    assertEquals("WEAKER", row("restart", Optional.of(OURS)).get(1));
    Files.setLastModifiedTime(root.resolve("lib/broker.jar"), FileTime.fromMillis(0));
    assertEquals("PRESENT", row("restart", Optional.of(OURS)).get(1));
  }
}
