package org.keywarden.cli.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;

/**
 * Where the broker's sockets lie.
 *
 * @param path the directory
 * @param shared whether others can make entries beside it, so that its owner has to be checked
 */
record RuntimeDirectory(Path path, boolean shared) {
  /** sizeof(sun_path) less the final null byte, unix(7). */
  private static final int LONGEST_SOCKET = 107;

  /**
   * @param given the user's choice, null for the default: {@code keywarden} below {@code
   *     XDG_RUNTIME_DIR} (XDG Base Directory Specification 0.8), or a directory of the user's below
   *     {@code temporary} if that is unset
   */
  static RuntimeDirectory choose(
      @Nullable Path given, Map<String, String> environment, Path temporary, int uid) {
    if (given != null) {
      return new RuntimeDirectory(given.toAbsolutePath().normalize(), false);
    }
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return runtime.isEmpty()
        ? new RuntimeDirectory(temporary.resolve("keywarden-" + uid), true)
        : new RuntimeDirectory(Path.of(runtime, "keywarden"), false);
  }

  /** Returns the effective user id of this process; {@code /proc/self} is root's once sealed. */
  static int userId() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("Uid:"))
          .map(line -> Integer.valueOf(line.split("\\s+", -1)[2]))
          .findFirst()
          .orElseThrow(() -> new IOException("no line Uid"));
    } catch (IOException unreadable) {
      throw new Failure(Exit.UNAVAILABLE, "/proc cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * Returns the socket for administration, which need not exist.
   *
   * @throws Failure if its path is too long or another user could have made it
   */
  Path adminSocket(int uid) {
    if (shared) {
      check(uid);
    }
    Path socket = path.resolve("admin.sock");
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET) {
      throw new Failure(
          Exit.USAGE,
          socket
              + " is longer than the "
              + LONGEST_SOCKET
              + " bytes a socket's path may have; choose a shorter --runtime-dir");
    }
    return socket;
  }

  private void check(int uid) {
    try {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:uid,isDirectory", LinkOption.NOFOLLOW_LINKS);
      if (!Boolean.TRUE.equals(found.get("isDirectory"))) {
        throw refused("is not a directory");
      }
      if (!Integer.valueOf(uid).equals(found.get("uid"))) {
        throw refused("belongs to user " + found.get("uid") + ", not to you (" + uid + ")");
      }
      String permissions =
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
      if (!permissions.equals("rwx------")) {
        throw refused("is open to others (" + permissions + ", expected rwx------)");
      }
    } catch (NoSuchFileException absent) {
      // Nobody listens there: connecting says so.
    } catch (IOException unreadable) {
      throw refused("cannot be examined: " + unreadable.getMessage());
    }
  }

  private Failure refused(String why) {
    return new Failure(
        Exit.REFUSED,
        path
            + " "
            + why
            + "; whoever listens there may not be your broker. Remove it, set XDG_RUNTIME_DIR, or"
            + " give --runtime-dir");
  }
}
