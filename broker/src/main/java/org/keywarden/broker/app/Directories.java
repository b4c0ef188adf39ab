package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.plugin.sandbox.Isolation;
import org.keywarden.broker.plugin.sandbox.Leftovers;
import org.keywarden.broker.rpc.UnixServer;

/**
 * The broker's own directories: made private, checked to be ours, and held by one broker at a time.
 */
final class Directories implements AutoCloseable {
  private static final String LOGS = "logs";

  /** Copies of what plugins have learnt, for processes of theirs that forget. */
  private static final String FORGETFUL = "f";

  /** What the trusted keyboard reads. */
  private static final String KEYBOARD = "k";

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwx------");

  private final Path runtime;
  private Path state;
  private final Path sockets;
  private final Path sandboxFiles;
  private final FileChannel lockFile;

  private Directories(Path runtime, Path sockets, Path sandboxFiles, FileChannel lockFile) {
    this.runtime = runtime;
    this.state = runtime.resolve("state");
    this.sockets = sockets;
    this.sandboxFiles = sandboxFiles;
    this.lockFile = lockFile;
  }

  /**
   * Makes and locks the runtime directory, and removes sockets a dead broker left.
   *
   * @throws IOException if it cannot be used; the message says why and what to do
   */
  static Directories hold(Path runtime, int uid) throws IOException {
    refuseTooLong(runtime);
    makePrivate(runtime, uid);
    Path file = runtime.resolve("broker.lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    @Nullable FileLock lock = channel.tryLock();
    if (lock == null) {
      String holder = Files.readString(file).strip();
      channel.close();
      throw new IOException(
          "another broker (pid "
              + (holder.isEmpty() ? "unknown" : holder)
              + ") runs in "
              + runtime
              + "; stop it, or choose another --runtime-dir");
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
        0);
    Path sockets = runtime.resolve("i");
    makePrivate(sockets, uid);
    boolean ignored = removeLeftovers(sockets);
    Path forgetful = runtime.resolve(FORGETFUL);
    makePrivate(forgetful, uid);
    ignored = removeLeftovers(forgetful);
    Path keyboard = runtime.resolve(KEYBOARD);
    makePrivate(keyboard, uid);
    ignored = removeLeftovers(keyboard);
    Path ofAll = runtime.resolve("s");
    makePrivate(ofAll, uid);
    if (removeLeftovers(ofAll)) {
      Leftovers.end(ofAll);
    }
    // What ends the sandboxes of a broker that was killed may still be at work beside us.
    Path sandboxFiles = Files.createTempDirectory(ofAll.toRealPath(), "");
    return new Directories(runtime, sockets, sandboxFiles, channel);
  }

  /** Before anything is started that would fail on its own socket. */
  private static void refuseTooLong(Path runtime) throws IOException {
    String longest = runtime + "/i/" + Integer.MAX_VALUE + ".sock";
    if (longest.getBytes(StandardCharsets.UTF_8).length > UnixServer.PATH_BYTES) {
      throw new IOException(
          "sockets in "
              + runtime
              + " would have paths longer than "
              + UnixServer.PATH_BYTES
              + " bytes; choose a shorter --runtime-dir");
    }
  }

  /**
   * Makes a plugin's state directory. It may belong to the user plugins get when the broker runs as
   * root.
   */
  static void makeStateOf(Path directory, int uid) throws IOException {
    if (uid == 0
        && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && owner(directory) == Isolation.DROPPED_USER) {
      Files.setPosixFilePermissions(directory, PRIVATE);
    } else {
      makePrivate(directory, uid);
    }
  }

  private static int owner(Path directory) throws IOException {
    return (Integer) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes a directory only its owner may enter. */
  static void makePrivate(Path directory, int uid) throws IOException {
    try {
      if (directory.getParent() != null) {
        Files.createDirectories(directory.getParent());
      }
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PRIVATE));
    } catch (FileAlreadyExistsException known) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(directory + " is not a directory; remove it", known);
      }
    } catch (IOException e) {
      throw new IOException("cannot make " + directory + ": " + e, e);
    }
    int owner = owner(directory);
    if (owner != uid) {
      throw new IOException(
          directory
              + " belongs to user "
              + owner
              + ", not "
              + uid
              + "; remove it or choose another");
    }
    Files.setPosixFilePermissions(directory, PRIVATE);
  }

  /** Whether there were any. Somebody else may be removing them too. */
  private static boolean removeLeftovers(Path directory) throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      List<Path> all = left.toList();
      for (Path each : all) {
        if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
          boolean ignored = removeLeftovers(each);
        }
        Files.deleteIfExists(each);
      }
      return !all.isEmpty();
    } catch (NoSuchFileException removed) {
      return false;
    }
  }

  /**
   * Prepares the state directory. One that cannot be used is replaced by one in the runtime
   * directory, which nothing outlasts.
   *
   * @return why it cannot be used, if so
   * @throws IOException if neither can
   */
  Optional<String> keepStateIn(Path wanted, int uid) throws IOException {
    try {
      makePrivate(wanted, uid);
      makePrivate(wanted.resolve(LOGS), uid);
      state = wanted;
      return Optional.empty();
    } catch (IOException unusable) {
      makePrivate(state, uid);
      makePrivate(state.resolve(LOGS), uid);
      return Optional.of("state directory: " + unusable.getMessage());
    }
  }

  /** What plugins and the broker keep, but for the grant log. */
  Path state() {
    return state;
  }

  /** Output of the processes the broker starts. */
  Path logs() {
    return state.resolve(LOGS);
  }

  Path hostSocket() {
    return runtime.resolve("host.sock");
  }

  Path ibusSocket() {
    return runtime.resolve("ibus.sock");
  }

  Path adminSocket() {
    return runtime.resolve("admin.sock");
  }

  /** For what nothing outlasts, not even on a disk where the session has memory for this. */
  Path forgetful() {
    return runtime.resolve(FORGETFUL);
  }

  /** For what the trusted keyboard reads, which is gone with the broker. */
  Path keyboardFiles() {
    return runtime.resolve(KEYBOARD);
  }

  /** For the sockets of plugin instances. */
  Path instanceSockets() {
    return sockets;
  }

  /** For what bubblewrap reads; this broker's alone, without symbolic links in its path. */
  Path sandboxFiles() {
    return sandboxFiles;
  }

  @Override
  public void close() throws IOException {
    boolean ignored = removeLeftovers(forgetful());
    ignored = removeLeftovers(keyboardFiles());
    lockFile.close();
  }
}
