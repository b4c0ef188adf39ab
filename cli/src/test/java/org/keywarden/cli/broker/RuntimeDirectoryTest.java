package org.keywarden.cli.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.console.Failure;

/** Which directory is trusted to hold the broker's sockets. */
final class RuntimeDirectoryTest {
  private static final int UID = RuntimeDirectory.userId();

  @TempDir Path temporary;

  private RuntimeDirectory fallback() {
    return RuntimeDirectory.choose(null, Map.of("XDG_RUNTIME_DIR", ""), temporary, UID);
  }

  private Path make(String permissions) throws IOException {
    Path made = Files.createDirectory(temporary.resolve("keywarden-" + UID));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(permissions));
  }

  private void assertRefused(int uid, String why) {
    Failure refused = assertThrows(Failure.class, () -> fallback().adminSocket(uid));
    assertEquals(77, refused.exitCode());
    assertTrue(String.valueOf(refused.getMessage()).contains(why), refused.getMessage());
  }

  @Test
  void theUsersChoiceComesFirstThenXdg() {
    Map<String, String> xdg = Map.of("XDG_RUNTIME_DIR", "/run/user/5");
    assertEquals(
        Path.of("/a/admin.sock"),
        RuntimeDirectory.choose(Path.of("/a"), xdg, temporary, UID).adminSocket(UID));
    assertEquals(
        Path.of("/run/user/5/keywarden/admin.sock"),
        RuntimeDirectory.choose(null, xdg, temporary, UID).adminSocket(UID));
  }

  @Test
  void aPrivateFallbackIsTrustedAndSoIsAMissingOne() throws IOException {
    Path socket = temporary.resolve("keywarden-" + UID).resolve("admin.sock");
    assertEquals(socket, fallback().adminSocket(UID));
    make("rwx------");
    assertEquals(socket, fallback().adminSocket(UID));
  }

  @Test
  void aFallbackOpenToOthersIsRefused() throws IOException {
    make("rwxr-x---");
    assertRefused(UID, "open to others (rwxr-x---");
  }

  @Test
  void aFallbackOfSomeoneElseIsRefused() throws IOException {
    make("rwx------");
    assertRefused(UID + 1, "belongs to user " + UID);
  }

  @Test
  void aLinkIsNoDirectory() throws IOException {
    Path real = Files.createDirectory(temporary.resolve("real"));
    Files.createSymbolicLink(temporary.resolve("keywarden-" + UID), real);
    assertRefused(UID, "is not a directory");
  }
}
