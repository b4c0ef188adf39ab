package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Finding.Flaw;
import org.keywarden.broker.process.Finding.Place;

/** What appears among the files a sandbox shows after it began. */
@Timeout(120)
final class FileWatchTest {
  private static final long PID = ProcessHandle.current().pid();
  private static final Confinement.Limits LIMITS = new Confinement.Limits(1 << 20, 8, 32, 1 << 20);

  @TempDir Path work;
  private Path plugin = Path.of("");
  private Path data = Path.of("");
  private Path state = Path.of("");
  private FileWatch watch = new FileWatch(Path.of("/proc"), confinement(List.of(), null));

  @BeforeEach
  void directories() throws IOException {
    plugin = Files.createDirectory(work.resolve("plugin"));
    data = Files.createDirectory(work.resolve("data"));
    state = Files.createDirectory(work.resolve("state"));
    Files.writeString(Files.createDirectories(plugin.resolve("a/b")).resolve("c"), "x");
    Files.createSymbolicLink(state.resolve("link"), Path.of("/dev/null"));
    watch =
        new FileWatch(
            Path.of("/proc"),
            confinement(
                List.of(
                    new Confinement.Examined(plugin, Place.PLUGIN),
                    new Confinement.Examined(data, Place.DATA)),
                state));
  }

  @AfterEach
  void close() {
    watch.close();
  }

  private static Confinement confinement(
      List<Confinement.Examined> examined, @org.jspecify.annotations.Nullable Path state) {
    return new Confinement(List.of(), examined, state, Path.of("/run/none"), LIMITS, Set.of());
  }

  private Optional<Finding> look() throws IOException {
    return watch.look(PID);
  }

  private Path of(Place place) {
    return switch (place) {
      case PLUGIN -> plugin;
      case DATA -> data;
      case STATE -> state;
    };
  }

  private static Optional<Finding> found(Flaw flaw, Place place, Path file) throws IOException {
    return Optional.of(
        new Finding.InFiles(flaw, place, (Long) Files.getAttribute(file, "unix:ino")));
  }

  @Test
  void filesAsTheyWereCheckedAreLeftAlone() throws IOException {
    Files.write(state.resolve("learnt"), new byte[1000]);
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), look());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFifoIsFoundWhereverItAppears(Place place) throws Exception {
    assertEquals(Optional.empty(), look());
    Path fifo = Files.createDirectories(of(place).resolve("deep/er")).resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    assertEquals(found(Flaw.SPECIAL, place, fifo), look());
  }

  @ParameterizedTest
  @EnumSource
  void aSocketIsFoundWhereverItAppears(Place place) throws Exception {
    Path name = of(place).resolve("s");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(name));
      assertEquals(found(Flaw.SPECIAL, place, name), look());
    }
  }

  /** In the state directory it is the plugin's own affair: nobody else can enter above it. */
  @ParameterizedTest
  @EnumSource
  void whatOthersMayWriteToIsFoundWhereItIsReadOnly(Place place) throws IOException {
    Path file = Files.writeString(of(place).resolve("f"), "x");
    assertEquals(Optional.empty(), look());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--rw-"));
    assertEquals(
        place == Place.STATE ? Optional.empty() : found(Flaw.WRITABLE, place, file), look());
  }

  @Test
  void aFileOfTheStateDirectoryWithAnotherNameOutsideIsFoundByTheSecondLook() throws IOException {
    Path file = Files.writeString(state.resolve("shared"), "x");
    Files.createLink(state.resolve("own"), file);
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), look());
    }
    Files.createLink(work.resolve("elsewhere"), file);
    assertEquals(Optional.empty(), look());
    assertEquals(found(Flaw.LINKED, Place.STATE, file), look());
  }

  @Test
  void stateBeyondItsQuotaIsFoundHoweverItIsCut() throws IOException {
    Files.write(state.resolve("a"), new byte[600 * 1024]);
    assertEquals(Optional.empty(), look());
    Path large = Files.write(state.resolve("b"), new byte[600 * 1024]);
    assertEquals(Optional.of(new Finding.StateTooLarge(1 << 20)), look());
    Files.delete(large);
    assertEquals(Optional.empty(), look());
    // Directories take place too.
    for (int i = 0; i < 120; i++) {
      Files.createDirectory(state.resolve("d" + i));
    }
    assertEquals(Optional.of(new Finding.StateTooLarge(1 << 20)), look());
  }

  @Test
  void directoriesTooDeepToFollowAreFound() throws IOException {
    Path deep = state;
    for (int i = 0; i < 70; i++) {
      deep = Files.createDirectory(deep.resolve("d"));
    }
    assertTrue(look().orElseThrow() instanceof Finding.InFiles in && in.flaw() == Flaw.TOO_DEEP);
  }

  /** However small the portions, each file is met, and a look is no larger than its budget. */
  @Test
  void aLookGoesOnWhereTheLastOneEnded() throws Exception {
    for (int i = 0; i < 200; i++) {
      Files.writeString(data.resolve("f" + i), "x");
    }
    assertEquals(Optional.empty(), watch.look(PID, 50));
    Path fifo = plugin.resolve("a/b/fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    List<Optional<Finding>> looks = new ArrayList<>();
    while (looks.size() < 20 && (looks.isEmpty() || looks.getLast().isEmpty())) {
      looks.add(watch.look(PID, 50));
    }
    assertEquals(found(Flaw.SPECIAL, Place.PLUGIN, fifo), looks.getLast());
    assertTrue(looks.size() > 2, "cut into portions");
  }

  @Test
  void nothingIsHeldOnceALookIsOver() throws IOException {
    assertEquals(Optional.empty(), look());
    assertEquals(0, held());
    for (int i = 0; i < 100; i++) {
      Files.writeString(state.resolve("f" + i), "x");
    }
    assertEquals(Optional.empty(), watch.look(PID, 50));
    assertTrue(held() > 0, "in the middle");
    watch.close();
    assertEquals(0, held());
  }

  private long held() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
      return all.filter(
              each -> {
                try {
                  return Files.readSymbolicLink(each).startsWith(work.toRealPath());
                } catch (IOException closed) {
                  return false;
                }
              })
          .count();
    }
  }
}
