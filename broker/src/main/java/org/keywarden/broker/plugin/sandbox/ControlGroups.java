package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keywarden.broker.process.Confinement;

/**
 * The control group (cgroup v2) that systemd has delegated to the broker: one group below it for
 * the broker, since processes may only be in leaves, and one for each plugin. Any thread.
 */
final class ControlGroups {
  private static final String PREFIX = "keywarden-plugin-";
  private static final String OWN = "keywarden-broker";
  private static final Set<String> WANTED = Set.of("memory", "pids", "cpu");

  private final Path directory;
  private final Set<String> controllers;

  private ControlGroups(Path directory, Set<String> controllers) {
    this.directory = directory;
    this.controllers = Set.copyOf(controllers);
  }

  /**
   * Finds the group of this process, if it is delegated (systemd.resource-control(5)): what is only
   * writable belongs to somebody who does not expect groups below it.
   *
   * @param root where {@code /proc} and the group file system are; {@code /} but for tests
   */
  static Optional<Path> delegated(Path root) {
    try {
      Optional<String> group =
          Files.readAllLines(root.resolve("proc/self/cgroup")).stream()
              .filter(line -> line.startsWith("0::/"))
              .map(line -> line.substring("0::/".length()))
              .findFirst();
      Optional<String> mount =
          Files.readAllLines(root.resolve("proc/self/mountinfo")).stream()
              .filter(line -> line.contains(" - cgroup2 "))
              .map(line -> line.split(" ", -1)[4].substring(1))
              .findFirst();
      return mount
          .flatMap(point -> group.map(name -> root.resolve(point).resolve(name)))
          .map(path -> path.endsWith(OWN) ? path.resolveSibling("") : path)
          .filter(ControlGroups::isDelegated);
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static boolean isDelegated(Path directory) {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(directory, UserDefinedFileAttributeView.class);
    try {
      ByteBuffer value = ByteBuffer.allocate(view.size("delegate"));
      int ignored = view.read("delegate", value);
      return new String(value.array(), StandardCharsets.US_ASCII).equals("1")
          && Files.isWritable(directory.resolve("cgroup.procs"));
    } catch (IOException | UnsupportedOperationException absent) {
      // Not marked so, or a file system that has no such attributes: nothing is ours there.
      return false;
    }
  }

  /** Which of memory, pids and cpu a group can limit. */
  static Set<String> controllers(Path directory) {
    try {
      return Stream.of(Files.readString(directory.resolve("cgroup.controllers")).split("\\s+", -1))
          .filter(WANTED::contains)
          .collect(Collectors.toSet());
    } catch (IOException absent) {
      return Set.of();
    }
  }

  /**
   * Takes a delegated group over: puts this process into a group of its own, and removes what an
   * earlier broker left.
   *
   * @throws IOException if the kernel does not allow it
   */
  static ControlGroups take(Path directory) throws IOException {
    Path own = Files.createDirectories(directory.resolve(OWN));
    write(own, "cgroup.procs", Long.toString(ProcessHandle.current().pid()));
    Set<String> controllers = controllers(directory);
    try {
      for (String each : controllers) {
        write(directory, "cgroup.subtree_control", "+" + each);
      }
    } catch (IOException inUse) {
      // Processes beside the broker in the group: they can be frozen, not limited.
      controllers = Set.of();
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*")) {
      for (Path each : left) {
        new Group(each).remove();
      }
    }
    return new ControlGroups(directory, controllers);
  }

  /** What it can limit beside stopping everything at once. */
  Set<String> controllers() {
    return controllers;
  }

  /**
   * Puts a process, with all it will start, into a group of its own.
   *
   * @throws IOException if the kernel does not allow it
   */
  Group enter(long pid, Confinement.Limits limits) throws IOException {
    Path group = Files.createDirectory(directory.resolve(PREFIX + pid));
    if (controllers.contains("memory")) {
      write(group, "memory.max", Long.toString(limits.memoryBytes()));
    }
    if (controllers.contains("pids")) {
      // The sandbox's own processes are in it too.
      write(group, "pids.max", Integer.toString(limits.processes() + 4));
    }
    if (controllers.contains("cpu")) {
      write(group, "cpu.weight", "50");
    }
    write(group, "cgroup.procs", Long.toString(pid));
    return new Group(group);
  }

  private static void write(Path group, String file, String value) throws IOException {
    Files.write(group.resolve(file), List.of(value));
  }

  /** The group of one plugin. */
  static final class Group {
    private static final int MOST_LOOKS = 250;
    private static final long PAUSE = 200_000;

    private final Path directory;

    Group(Path directory) {
      this.directory = directory;
    }

    /**
     * Stops all of it at once.
     *
     * @return whether the kernel says that all stands still; if not, after about 50 ms
     */
    boolean freeze() throws IOException {
      write(directory, "cgroup.freeze", "1");
      for (int look = 0; look < MOST_LOOKS; look++) {
        if (Files.readAllLines(directory.resolve("cgroup.events")).contains("frozen 1")) {
          return true;
        }
        java.util.concurrent.locks.LockSupport.parkNanos(PAUSE);
      }
      return false;
    }

    void thaw() throws IOException {
      write(directory, "cgroup.freeze", "0");
    }

    /** Removes it once nothing is in it any more; a later broker does if this one cannot. */
    void remove() {
      for (int look = 0; look < MOST_LOOKS; look++) {
        try {
          Files.deleteIfExists(directory);
          return;
        } catch (IOException busy) {
          java.util.concurrent.locks.LockSupport.parkNanos(PAUSE);
        }
      }
    }
  }
}
