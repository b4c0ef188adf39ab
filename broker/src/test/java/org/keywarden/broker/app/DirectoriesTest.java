package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of the broker's own, on a real file system. */
final class DirectoriesTest {
  @TempDir private Path root;
  private Path runtime;
  private int uid;

  @BeforeEach
  void whoWeAre() throws IOException {
    runtime = root.resolve("r");
    uid = (Integer) Files.getAttribute(root, "unix:uid");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void theRuntimeDirectoryIsMadePrivateAndSaysWhoHoldsIt() throws IOException {
    try (Directories held = Directories.hold(runtime, uid)) {
      assertEquals("rwx------", permissions(runtime));
      assertEquals("rwx------", permissions(held.instanceSockets()));
      assertEquals(
          Long.toString(ProcessHandle.current().pid()),
          Files.readString(runtime.resolve("broker.lock")));
    }
  }

  @Test
  void oneThatOthersMayEnterIsClosedToThem() throws IOException {
    Files.createDirectory(runtime);
    Files.setPosixFilePermissions(runtime, PosixFilePermissions.fromString("rwxrwxrwx"));
    Directories.hold(runtime, uid).close();
    assertEquals("rwx------", permissions(runtime));
  }

  @Test
  void oneBrokerHoldsItAtATime() throws IOException {
    Directories first = Directories.hold(runtime, uid);
    // Within one process the lock is refused by exception; between processes the sentence is said.
    assertThrows(OverlappingFileLockException.class, () -> Directories.hold(runtime, uid));
    first.close();
    Directories.hold(runtime, uid).close();
  }

  @Test
  void socketsOfADeadBrokerAreRemoved() throws IOException {
    Path left = Files.createDirectories(runtime.resolve("i")).resolve("7.sock");
    Files.createFile(left);
    Directories.hold(runtime, uid).close();
    assertFalse(Files.exists(left));
  }

  @Test
  void whatADeadBrokerHalfMadeIsEnded() throws Exception {
    Path left = Files.createDirectories(runtime.resolve("s/17")).resolve("3.inner");
    Files.createFile(left);
    Process half =
        new ProcessBuilder("/bin/sh", "-c", "exec 3<\"$1\"; echo; read -r _", "sh", left.toString())
            .start();
    try {
      assertEquals('\n', half.getInputStream().read());
      try (Directories held = Directories.hold(runtime, uid)) {
        assertEquals("rwx------", permissions(held.sandboxFiles()));
      }
      assertTrue(half.waitFor(30, TimeUnit.SECONDS));
      assertFalse(Files.exists(left.getParent()));
    } finally {
      half.destroyForcibly();
    }
  }

  @Test
  void aLinkInItsPlaceIsRefused() throws IOException {
    Files.createSymbolicLink(runtime, Files.createDirectory(root.resolve("elsewhere")));
    IOException refused = assertThrows(IOException.class, () -> Directories.hold(runtime, uid));
    assertEquals(runtime + " is not a directory; remove it", refused.getMessage());
  }

  @Test
  void somebodyElsesIsRefused() throws IOException {
    Files.createDirectory(runtime);
    IOException refused = assertThrows(IOException.class, () -> Directories.hold(runtime, uid + 1));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("belongs to user " + uid),
        refused.getMessage());
  }

  @Test
  void aPathTooLongForSocketsIsSaidBeforeAnythingIsMade() {
    Path deep = root.resolve("d".repeat(120));
    IOException refused = assertThrows(IOException.class, () -> Directories.hold(deep, uid));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("choose a shorter --runtime-dir"),
        refused.getMessage());
    assertFalse(Files.exists(deep));
  }

  @Test
  void anUnusableStateDirectoryIsReplacedForThisRun() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    try (Directories held = Directories.hold(runtime, uid)) {
      Optional<String> why = held.keepStateIn(file.resolve("state"), uid);
      assertTrue(why.orElseThrow().startsWith("state directory: "), why.orElseThrow());
      assertEquals(runtime.resolve("state"), held.state());
      assertTrue(Files.isDirectory(held.logs()));
    }
  }

  @Test
  void aUsableStateDirectoryIsUsed() throws IOException {
    try (Directories held = Directories.hold(runtime, uid)) {
      assertEquals(Optional.empty(), held.keepStateIn(root.resolve("state"), uid));
      assertEquals(root.resolve("state/logs"), held.logs());
    }
  }
}
