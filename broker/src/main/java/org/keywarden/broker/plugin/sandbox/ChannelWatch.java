package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Confinement.Channel;
import org.keywarden.broker.process.Launch;

/**
 * Looks, from outside, for channels a confined process has and should not have (proc(5)). The
 * sandbox and the filter enforce; this finds what they should have prevented. What exists only
 * between two looks is not found.
 */
final class ChannelWatch {
  /** Kernel objects without a name that hand nothing to strangers. */
  private static final List<String> PRIVATE_OBJECTS =
      List.of(
          "anon_inode:[eventfd]",
          "anon_inode:[eventpoll]",
          "anon_inode:[timerfd]",
          "anon_inode:[signalfd]");

  private final Path proc;
  private final Path temporary;
  private final Confinement confinement;
  private final List<Path> visible = new ArrayList<>();

  /**
   * @param proc where {@code /proc} is; another place for tests
   * @param temporary where a process has a directory of its own for temporary files, {@code /tmp}
   */
  ChannelWatch(Path proc, Path temporary, Launch launch) {
    this.proc = proc;
    this.temporary = temporary;
    this.confinement = launch.confinement();
    visible.addAll(confinement.readable());
    visible.addAll(BubblewrapArguments.LIBRARIES);
    visible.add(BubblewrapArguments.RLIMIT_TOOL);
    visible.add(Path.of(launch.command().getFirst()));
  }

  /** Returns what a process has and should not, empty if nothing. */
  Optional<String> violation(long pid) {
    Path process = proc.resolve(Long.toString(pid));
    try {
      String program = Files.readSymbolicLink(process.resolve("exe")).toString();
      if (program.endsWith("/bwrap")) {
        // It has not become the plugin yet, or waits for it.
        return Optional.empty();
      }
      return first(
          () -> program(program),
          () -> descriptors(process),
          () -> mappings(process),
          () -> mounts(process));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private interface Look {
    Optional<String> look() throws IOException;
  }

  private static Optional<String> first(Look... looks) throws IOException {
    for (Look each : looks) {
      Optional<String> found = each.look();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<String> program(String program) {
    return isVisible(Path.of(program))
        ? Optional.empty()
        : Optional.of("runs an unexpected program, " + program);
  }

  private Optional<String> descriptors(Path process) throws IOException {
    Map<String, String> sockets = unixSockets(process);
    try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : all) {
        String target;
        try {
          target = Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
          continue;
        }
        Optional<String> found = descriptor(target, sockets);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> descriptor(String target, Map<String, String> sockets) {
    if (target.startsWith("socket:")) {
      String name = sockets.get(target.replaceAll("\\D", ""));
      if (name == null) {
        return Optional.of("has a socket that is no unix socket");
      }
      return name.isEmpty() ? Optional.empty() : Optional.of("has a named socket, " + name);
    }
    if (target.startsWith("pipe:") || PRIVATE_OBJECTS.contains(target)) {
      return Optional.empty();
    }
    if (target.startsWith("anon_inode:")) {
      return Optional.of("has an undeclared kernel object, " + target);
    }
    if (target.startsWith("/memfd:")) {
      return declared(Channel.MEMORY_FILES, "has a memory file");
    }
    if (target.startsWith("/SYSV")) {
      return declared(Channel.SYSV_IPC, "has System V shared memory");
    }
    return isOpenable(target)
        ? Optional.empty()
        : declared(Channel.POSIX_QUEUES, "has an unexpected file or queue, " + target);
  }

  private Optional<String> declared(Channel channel, String otherwise) {
    return confinement.channels().contains(channel) ? Optional.empty() : Optional.of(otherwise);
  }

  /** Inode to name of the unix sockets of the process's network namespace. */
  private static Map<String, String> unixSockets(Path process) throws IOException {
    Map<String, String> sockets = new HashMap<>();
    for (String line : Files.readAllLines(process.resolve("net/unix"))) {
      String[] fields = line.strip().split("\\s+", 8);
      if (fields.length >= 7) {
        sockets.put(fields[6], fields.length == 8 ? fields[7] : "");
      }
    }
    return sockets;
  }

  /** Shared mappings of anything but anonymous memory and files only the plugin has. */
  private Optional<String> mappings(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("maps"))) {
      String[] fields = line.split("\\s+", 6);
      boolean sharedWritable = fields[1].charAt(1) == 'w' && fields[1].charAt(3) == 's';
      if (sharedWritable && fields.length == 6 && !fields[5].equals("/dev/zero (deleted)")) {
        Optional<String> found = mapping(fields[5]);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> mapping(String target) {
    if (target.startsWith("/memfd:")) {
      return declared(Channel.MEMORY_FILES, "maps a memory file");
    }
    if (target.startsWith("/SYSV")) {
      return declared(Channel.SYSV_IPC, "maps System V shared memory");
    }
    return isOwn(Path.of(target)) ? Optional.empty() : Optional.of("shares memory, " + target);
  }

  /** No mount may be written but the plugin's own. */
  private Optional<String> mounts(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("mountinfo"))) {
      String[] fields = line.split(" ", -1);
      Path point = Path.of(fields[4].replace("\\040", " "));
      boolean writable = List.of(fields[5].split(",", -1)).contains("rw");
      Path state = confinement.state();
      boolean own = point.equals(temporary) || (state != null && point.startsWith(state));
      if (writable && !own && !point.startsWith("/dev")) {
        return Optional.of("can write to " + point);
      }
    }
    return Optional.empty();
  }

  private boolean isOpenable(String target) {
    Path path = Path.of(target.replace(" (deleted)", ""));
    return isOwn(path) || isVisible(path) || path.startsWith("/dev") || path.startsWith("/proc");
  }

  private boolean isOwn(Path path) {
    Path state = confinement.state();
    return path.startsWith(temporary) && !isHidden(path)
        || (state != null && path.startsWith(state));
  }

  /** What is shown there without being the plugin's: its socket's directory, for one. */
  private boolean isHidden(Path path) {
    return confinement.readable().stream().anyMatch(path::startsWith);
  }

  private boolean isVisible(Path path) {
    return visible.stream().anyMatch(path::startsWith)
        || path.equals(BubblewrapArguments.LINKER_CACHE);
  }

  /** Returns by how much the state directory is too large, empty if it is not. */
  static Optional<String> quota(@Nullable Path state, long most) {
    if (state == null) {
      return Optional.empty();
    }
    long[] bytes = new long[1];
    try {
      Files.walkFileTree(
          state,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes[0] += Math.max(4096, attributes.size());
              return bytes[0] > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException gone) {
      return Optional.empty();
    }
    return bytes[0] > most
        ? Optional.of("keeps more than " + (most >> 20) + " MiB in its state directory")
        : Optional.empty();
  }
}
