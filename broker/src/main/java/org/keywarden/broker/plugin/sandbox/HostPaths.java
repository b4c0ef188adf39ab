package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a directory of the host may be shown to a plugin. A mounted directory is a channel past
 * the broker as soon as somebody else can write in it, or listens in it.
 */
public final class HostPaths {
  private static final int MOST_ENTRIES = 50_000;

  private static final List<Path> SHARED =
      List.of(
          Path.of("/tmp"),
          Path.of("/var/tmp"),
          Path.of("/run"),
          Path.of("/var/run"),
          Path.of("/dev"),
          Path.of("/proc"),
          Path.of("/sys"),
          Path.of("/home"),
          Path.of("/root"),
          Path.of("/etc"),
          Path.of("/var/lib/dbus"));

  private final Path home;
  private final List<Path> own;

  /**
   * @param home of the user
   * @param own directories of the broker: its runtime and state
   */
  public HostPaths(Path home, List<Path> own) {
    this.home = home;
    this.own = List.copyOf(own);
  }

  /** Returns why the plugin may not read this path of the host, empty if it may. */
  public Optional<String> refusalOfData(Path path) {
    Path real;
    try {
      if (!path.isAbsolute() || !path.equals(path.normalize())) {
        return Optional.of("is not absolute and plain");
      }
      real = path.toRealPath();
    } catch (IOException e) {
      return Optional.of(FileErrors.reason(e));
    }
    for (Path shared : SHARED) {
      // Below home there are directories of one program only; below the others there are none.
      boolean below = real.startsWith(shared) && !real.startsWith(home);
      if (below || shared.startsWith(real)) {
        return Optional.of("is shared with other programs: " + real);
      }
    }
    if (home.startsWith(real)) {
      return Optional.of("holds the home directory");
    }
    if (real.startsWith(home) && hidden(home.relativize(real))) {
      return Optional.of("lies in a hidden directory of the home directory: " + real);
    }
    for (Path each : own) {
      if (real.startsWith(each) || each.startsWith(real)) {
        return Optional.of("holds what Keywarden itself keeps: " + each);
      }
    }
    return refusalOfContent(real);
  }

  /** Returns what in a tree would be a channel, empty if nothing is. */
  public Optional<String> refusalOfContent(Path real) {
    Finder finder = new Finder();
    try {
      Files.walkFileTree(real, finder);
    } catch (IOException e) {
      return Optional.of("cannot be searched: " + FileErrors.words(e));
    }
    return Optional.ofNullable(finder.found);
  }

  /** Hidden directories hold other programs' secrets; the user's data directory is for sharing. */
  private static boolean hidden(Path relative) {
    return !relative.startsWith(".local/share")
        && !relative.toString().isEmpty()
        && relative.getName(0).toString().startsWith(".");
  }

  private static final class Finder extends SimpleFileVisitor<Path> {
    @Nullable String found;
    private int entries;

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)
          .contains(PosixFilePermission.OTHERS_WRITE)) {
        found = "anybody may write in " + directory;
      }
      return goOn();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (attributes.isOther()) {
        found = "holds a socket, FIFO or device: " + file;
      } else if (attributes.isRegularFile()
          && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)
              .contains(PosixFilePermission.OTHERS_WRITE)) {
        found = "anybody may write to " + file;
      }
      return goOn();
    }

    private FileVisitResult goOn() {
      entries++;
      if (entries > MOST_ENTRIES) {
        found = "holds more than " + MOST_ENTRIES + " files, too many to check";
      }
      return found == null ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }
  }
}
