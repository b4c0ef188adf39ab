package org.keywarden.broker.plugin.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.broker.plugin.sandbox.WatchedChild.Kind;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Finding.Handed;
import org.keywarden.broker.process.Finding.Thing;
import org.keywarden.testbed.Await;

/**
 * The watch over real processes that have what no sandbox would have let them have: this test runs
 * them without one.
 */
@Timeout(60)
final class LiveWatchTest {
  private static final Path PROC = Path.of("/proc");

  @TempDir Path work;

  private Path own = Path.of("");
  private Path other = Path.of("");
  private Process child = new ProcessBuilder("true").start();

  LiveWatchTest() throws IOException {}

  @BeforeEach
  void directories() throws IOException {
    own = Files.createDirectory(work.resolve("own"));
    other = Files.createDirectory(work.resolve("other"));
  }

  @AfterEach
  void end() throws InterruptedException {
    child.descendants().forEach(ProcessHandle::destroyForcibly);
    child.destroyForcibly().waitFor();
  }

  private static Path java() throws IOException {
    return Path.of(System.getProperty("java.home")).toRealPath();
  }

  /** Starts a child; returns what it says of its channel. */
  private long start(Kind kind) throws IOException {
    child =
        new ProcessBuilder(
                java().resolve("bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Would be a shared mapping below /tmp.
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes().toString(),
                WatchedChild.class.getName(),
                kind.name(),
                own.toString(),
                other.toString())
            .redirectOutput(own.resolve("output").toFile())
            .redirectError(own.resolve("errors").toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    Path ready = own.resolve(WatchedChild.READY);
    Await.until("the child's word", () -> Files.exists(ready) || !child.isAlive());
    assertTrue(child.isAlive(), () -> "the child ended; " + read(own.resolve("errors")));
    long told = Long.parseLong(Files.readString(ready));
    assertTrue(told >= 0, "the channel could not be made");
    return told;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Path classes() {
    return Stream.of(System.getProperty("java.class.path").split(":", -1))
        .map(Path::of)
        .filter(path -> path.endsWith("test-classes"))
        .findFirst()
        .orElseThrow();
  }

  private Optional<Finding> violation() throws IOException {
    Confinement confinement =
        new Confinement(
            List.of(java(), classes()),
            own,
            work.resolve("socket"),
            Confinement.Limits.DEFAULT,
            Set.of());
    ChannelWatch watch =
        new ChannelWatch(
            PROC, work.resolve("temporary"), List.of(java().resolve("bin/java")), confinement);
    Optional<Finding> found = Optional.empty();
    for (long pid : ProcFiles.tree(child.pid())) {
      // The mounts are the machine's here.
      found =
          found.or(
              () ->
                  watch
                      .violation(pid)
                      .filter(
                          what -> !what.equals(new Finding.InProcess(Thing.WRITABLE_MOUNT, pid))));
    }
    return found;
  }

  @Test
  void aProcessWithoutChannelsIsLeftAlone() throws IOException {
    long ignored = start(Kind.NOTHING);
    assertEquals(Optional.empty(), violation());
    assertEquals(
        Optional.empty(), new Strangers(PROC).shared(ProcFiles.tree(child.pid()), 0, Set.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "MEMORY_FILE, MEMORY_FILE",
    "MAPPED_MEMORY_FILE, MEMORY_FILE",
    "SEGMENT, SYSTEM_V_MEMORY",
    "MAPPED_FILE, SHARED_MEMORY",
    "UNLINKED_FIFO, FILE"
  })
  void anUndeclaredChannelIsFound(Kind kind, Thing expected) throws IOException {
    long ignored = start(kind);
    assertEquals(Optional.of(new Finding.InProcess(expected, child.pid())), violation());
  }

  @Test
  void anUnexpectedProgramIsFound() throws IOException {
    Path program = own.resolve(WatchedChild.PROGRAM);
    Files.copy(Path.of("/usr/bin/sleep"), program, StandardCopyOption.COPY_ATTRIBUTES);
    long ignored = start(Kind.FOREIGN_PROGRAM);
    Finding.InProcess found = assertInstanceOf(Finding.InProcess.class, violation().orElseThrow());
    assertEquals(Thing.PROGRAM, found.thing());
  }

  /** This test takes one end, as the receiver of a message with a descriptor in it would. */
  @ParameterizedTest
  @CsvSource({"EVENT_COUNTER, EVENT_COUNTER", "PIPE, PIPE", "MEMORY_FILE, MEMORY_FILE"})
  void whatAStrangerHoldsTooIsFound(Kind kind, Handed handed) throws IOException {
    long descriptor = start(kind);
    Strangers strangers = new Strangers(PROC);
    List<Long> inside = ProcFiles.tree(child.pid());
    assertEquals(Optional.empty(), strangers.shared(inside, 0, Set.of()));
    long process = SystemCalls.call(434, child.pid(), 0);
    long taken = SystemCalls.call(438, process, descriptor, 0);
    try {
      assertTrue(taken >= 0, "descriptor of the child");
      assertEquals(
          new Finding.Shared(handed, ProcessHandle.current().pid()),
          strangers.shared(inside, 0, Set.of()).orElseThrow().finding());
      Path own = PROC.resolve("self/fd").resolve(Long.toString(taken));
      String granted = Strangers.name(PROC.resolve("self"), own).orElseThrow();
      assertEquals(Optional.empty(), strangers.shared(inside, 0, Set.of(granted)));
    } finally {
      long closed = SystemCalls.call(3, taken);
      long ended = SystemCalls.call(3, process);
      assertEquals(0, closed + ended);
    }
  }
}
