package org.keywarden.broker.plugin.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Confinement.Channel;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Finding.Thing;

/** The watch over a /proc made by hand. */
final class ChannelWatchTest {
  @TempDir Path proc;
  private Path process = Path.of("");

  @BeforeEach
  void aHarmlessProcess() throws IOException {
    process = proc.resolve("7");
    Files.createDirectories(process.resolve("fd"));
    Files.createDirectories(process.resolve("net"));
    Files.createSymbolicLink(process.resolve("exe"), Path.of("/opt/jdk/bin/java"));
    Files.writeString(
        process.resolve("net/unix"),
        """
        Num       RefCount Protocol Flags    Type St Inode Path
        0000000000000000: 00000003 00000000 00000000 0001 03 55
        0000000000000000: 00000002 00000000 00010000 0001 01 66 @hidden
        """);
    Files.writeString(
        process.resolve("maps"),
        """
        7f0000000000-7f0000001000 rw-p 00000000 00:00 0
        7f0000001000-7f0000002000 rw-s 00000000 00:01 5                          /dev/zero (deleted)
        7f0000002000-7f0000003000 r--s 00000000 00:01 6                          /opt/jdk/lib/modules
        """);
    Files.writeString(
        process.resolve("mountinfo"),
        """
        62 44 0:45 /newroot / ro,nosuid - tmpfs tmpfs rw
        63 62 0:46 / /state rw,nosuid - ext4 /dev/vda rw
        64 62 0:47 / /tmp rw,nosuid - tmpfs tmpfs rw
        65 62 0:48 / /dev/pts rw,nosuid - devpts devpts rw
        """);
    for (String target :
        List.of(
            "/dev/null",
            "pipe:[5]",
            "anon_inode:[eventpoll]",
            "socket:[55]",
            "/state/words",
            "/opt/plugin/lib/a.jar",
            "/usr/lib/libc.so.6",
            "/tmp/x (deleted)")) {
      descriptor(target);
    }
  }

  private void descriptor(String target) throws IOException {
    try (var all = Files.list(process.resolve("fd"))) {
      Files.createSymbolicLink(
          process.resolve("fd").resolve(Long.toString(all.count())), Path.of(target));
    }
  }

  private Optional<Finding> violation(Channel... declared) {
    Confinement confinement =
        new Confinement(
            List.of(Path.of("/opt/plugin"), Path.of("/opt/jdk")),
            List.of(new Confinement.Examined(Path.of("/opt/plugin"), Finding.Place.PLUGIN)),
            Path.of("/state"),
            Path.of("/run/s"),
            Confinement.Limits.DEFAULT,
            Set.of(declared));
    return new ChannelWatch(
            proc, Path.of("/tmp"), List.of(Path.of("/opt/jdk/bin/java")), confinement)
        .violation(7);
  }

  @Test
  void aProcessThatHasWhatItShouldIsLeftAlone() {
    assertEquals(Optional.empty(), violation());
  }

  @Test
  void aProcessThatIsGoneIsLeftAlone() throws IOException {
    Files.delete(process.resolve("exe"));
    assertEquals(Optional.empty(), violation());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socket:[66]",
        "socket:[77]",
        "anon_inode:[io_uring]",
        "anon_inode:[userfaultfd]",
        "anon_inode:inotify",
        "anon_inode:[perf_event]",
        "/home/me/.ssh/id",
        "/dev2/x"
      })
  void anUndeclaredDescriptorIsFound(String target) throws IOException {
    descriptor(target);
    assertTrue(violation().isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "/memfd:x (deleted), MEMORY_FILES",
    "/queue, POSIX_QUEUES",
    "/SYSV0000002a, SYSV_IPC",
    "socket:[66], NAMED_SOCKETS"
  })
  void aDeclaredOneIsNot(String target, Channel channel) throws IOException {
    descriptor(target);
    assertTrue(violation().isPresent());
    assertEquals(Optional.empty(), violation(channel));
  }

  @ParameterizedTest
  @CsvSource({
    "/SYSV0000002a (deleted), SYSV_IPC",
    "/memfd:x (deleted), MEMORY_FILES",
    "/opt/plugin/shared,"
  })
  void sharedMemoryIsFoundUnlessDeclared(String target, Channel channel) throws IOException {
    Files.writeString(
        process.resolve("maps"),
        "7f0000000000-7f0000001000 rw-s 00000000 00:01 5 " + target + "\n");
    assertTrue(violation().isPresent());
    if (channel != null) {
      assertEquals(Optional.empty(), violation(channel));
    }
  }

  @Test
  void aWritableMountIsFound() throws IOException {
    Files.writeString(process.resolve("mountinfo"), "9 1 0:1 / /shared rw - ext4 /dev/vda rw\n");
    assertEquals(found(Thing.WRITABLE_MOUNT), violation());
  }

  @Test
  void anUnexpectedProgramIsFound() throws IOException {
    Files.delete(process.resolve("exe"));
    Files.createSymbolicLink(process.resolve("exe"), Path.of("/state/payload"));
    assertEquals(found(Thing.PROGRAM), violation());
  }

  private static Optional<Finding> found(Thing thing) {
    return Optional.of(new Finding.InProcess(thing, 7));
  }

  /** What others mount below a directory shown appears inside, if only to be read. */
  @ParameterizedTest
  @ValueSource(strings = {"/opt/plugin/lib", "/opt/plugin/a\\040b"})
  void aMountWithinWhatIsShownIsFound(String point) throws IOException {
    Files.writeString(
        process.resolve("mountinfo"),
        "9 1 0:1 / /opt/plugin ro - ext4 /dev/vda rw\n8 9 0:2 / " + point + " ro - fuse x ro\n");
    assertEquals(found(Thing.MOUNT), violation());
  }

  @Test
  void aMountWithinTheStateDirectoryIsFound() throws IOException {
    Files.writeString(process.resolve("mountinfo"), "8 9 0:2 / /state/x rw - tmpfs x rw\n");
    assertEquals(found(Thing.WRITABLE_MOUNT), violation());
  }

  /** A process that connects while it is looked at is none that hides a socket. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSocketThatComesOrGoesDuringTheLookIsNoFinding(boolean comes) throws Exception {
    if (!comes) {
      descriptor("socket:[99]");
    }
    List<Path> before = descriptors();
    Path list = process.resolve("net/unix");
    String sockets = Files.readString(list);
    Files.delete(list);
    assertEquals(0, new ProcessBuilder("mkfifo", list.toString()).start().waitFor());
    CompletableFuture<Void> meanwhile =
        CompletableFuture.runAsync(
            () -> {
              try (Writer open = Files.newBufferedWriter(list)) {
                // From here on the watch waits for the list.
                if (comes) {
                  descriptor("socket:[99]");
                } else {
                  Files.delete(before.getLast());
                }
                open.write(sockets);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertEquals(Optional.empty(), violation());
    meanwhile.get(10, TimeUnit.SECONDS);
  }

  private List<Path> descriptors() throws IOException {
    try (var all = Files.list(process.resolve("fd"))) {
      return all.sorted(
              Comparator.comparing(each -> Integer.valueOf(each.getFileName().toString())))
          .toList();
    }
  }

  /** Bytes of a name that are no text must not end the look. */
  @Test
  void aNameInNoEncodingHidesNothing() throws IOException {
    byte[] line = "0000000000000000: 00000002 0 00010000 1 1 99 @x\n".getBytes(UTF_8);
    line[line.length - 2] = (byte) 0xff;
    Files.write(process.resolve("net/unix"), line, StandardOpenOption.APPEND);
    descriptor("socket:[99]");
    assertEquals(found(Thing.NAMED_SOCKET), violation());
  }

  /** The name of a socket may hold a line feed, and then what looks like another socket. */
  @Test
  void aForgedLineDoesNotTakeASocketsName() throws IOException {
    Files.writeString(
        process.resolve("net/unix"), "0: 2 0 00010000 1 1 66\n", StandardOpenOption.APPEND);
    descriptor("socket:[66]");
    assertEquals(found(Thing.NAMED_SOCKET), violation());
  }
}
