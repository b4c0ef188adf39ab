package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Confinement.Channel;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Finding.Thing;

/**
 * Looks, from outside, for channels a confined process has and should not have (proc(5)). The
 * sandbox and the filter enforce; this finds what they should have prevented. What exists only
 * between two looks is not found. Files are {@link FileWatch}'s.
 */
final class ChannelWatch {
  /** Kernel objects without a name that hand nothing to strangers. */
  private static final List<String> PRIVATE_OBJECTS =
      List.of(
          "anon_inode:[eventfd]",
          "anon_inode:[eventpoll]",
          "anon_inode:[timerfd]",
          "anon_inode:[signalfd]");

  /** The list of sockets may lack one while others around it come and go. */
  private static final int LOOKS = 3;

  private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

  private final Path proc;
  private final Path temporary;
  private final Confinement confinement;
  private final List<Path> visible = new ArrayList<>();

  /**
   * @param proc where {@code /proc} is; another place for tests
   * @param temporary where a process has a directory of its own for temporary files, {@code /tmp}
   * @param programs where the programs it may run really lie
   */
  ChannelWatch(Path proc, Path temporary, List<Path> programs, Confinement confinement) {
    this.proc = proc;
    this.temporary = temporary;
    this.confinement = confinement;
    visible.addAll(confinement.readable());
    visible.addAll(BubblewrapArguments.LIBRARIES);
    visible.add(BubblewrapArguments.RLIMIT_TOOL);
    visible.addAll(programs);
  }

  /** Returns what a process has and should not, empty if nothing. */
  Optional<Finding> violation(long pid) {
    return look(pid).map(thing -> new Finding.InProcess(thing, pid));
  }

  private Optional<Thing> look(long pid) {
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
    Optional<Thing> look() throws IOException;
  }

  private static Optional<Thing> first(Look... looks) throws IOException {
    for (Look each : looks) {
      Optional<Thing> found = each.look();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Thing> program(String program) {
    return isVisible(Path.of(program)) ? Optional.empty() : Optional.of(Thing.PROGRAM);
  }

  private Optional<Thing> descriptors(Path process) throws IOException {
    Map<Path, String> sockets = new HashMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : all) {
        String target = target(descriptor);
        if (isSocket(target)) {
          sockets.put(descriptor, target);
          continue;
        }
        Optional<Thing> found = descriptor(target);
        if (found.isEmpty() && isPlace(target) && isSpecial(descriptor)) {
          found = Optional.of(Thing.FILE);
        }
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return sockets(process, sockets);
  }

  /** What a descriptor is, empty if it is closed by now. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static boolean isSocket(String target) {
    return target.startsWith("socket:");
  }

  /**
   * The list of unix sockets is read after the descriptors, and while the process opens and closes
   * some. One that stays open and is in no list is none.
   */
  private Optional<Thing> sockets(Path process, Map<Path, String> unknown) throws IOException {
    for (int look = 0; look < LOOKS && !unknown.isEmpty(); look++) {
      Map<String, String> unix = unixSockets(process);
      for (Path each : List.copyOf(unknown.keySet())) {
        String was = unknown.getOrDefault(each, "");
        String name = unix.get(was.replaceAll("\\D", ""));
        if (name != null && !name.isEmpty() && !isDeclaredName(name)) {
          return Optional.of(Thing.NAMED_SOCKET);
        }
        if (name != null || !target(each).equals(was)) {
          unknown.remove(each);
        }
      }
    }
    return unknown.isEmpty() ? Optional.empty() : Optional.of(Thing.SOCKET);
  }

  /** Abstract names (unix(7)) are the network namespace's, which is the sandbox's own. */
  private boolean isDeclaredName(String name) {
    boolean within =
        name.startsWith("@") || (name.startsWith("/") && isTemporary(Path.of(name).normalize()));
    return within && confinement.channels().contains(Channel.NAMED_SOCKETS);
  }

  private Optional<Thing> descriptor(String target) {
    if (target.isEmpty()) {
      return Optional.empty();
    }
    if (target.startsWith("pipe:") || PRIVATE_OBJECTS.contains(target)) {
      return Optional.empty();
    }
    if (target.startsWith("anon_inode:")) {
      return Optional.of(Thing.KERNEL_OBJECT);
    }
    if (target.startsWith("/memfd:")) {
      return declared(Channel.MEMORY_FILES, Thing.MEMORY_FILE);
    }
    if (target.startsWith("/SYSV")) {
      return declared(Channel.SYSV_IPC, Thing.SYSTEM_V_MEMORY);
    }
    return isOpenable(target) ? Optional.empty() : declared(Channel.POSIX_QUEUES, Thing.FILE);
  }

  /** Lines of a file of /proc, which may hold names in no encoding at all. */
  private static List<String> lines(Path file) throws IOException {
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    // A process that is ending has none.
    return Stream.of(text.split("\n", -1)).filter(line -> !line.isEmpty()).toList();
  }

  private Optional<Thing> declared(Channel channel, Thing otherwise) {
    return confinement.channels().contains(channel) ? Optional.empty() : Optional.of(otherwise);
  }

  /** Whether a descriptor's name is that of a file: one in {@code /dev} may be a device. */
  private static boolean isPlace(String target) {
    return target.startsWith("/") && !target.startsWith("/dev/") && !target.startsWith("/proc/");
  }

  /** A socket, FIFO or device, whatever became of its name. */
  private static boolean isSpecial(Path descriptor) {
    try {
      return Files.readAttributes(descriptor, BasicFileAttributes.class).isOther();
    } catch (IOException closed) {
      return false;
    }
  }

  /**
   * Inode to name of the unix sockets of the process's network namespace. A name may hold a line
   * that looks like another socket's: one that has a name keeps it.
   */
  private static Map<String, String> unixSockets(Path process) throws IOException {
    Map<String, String> sockets = new HashMap<>();
    for (String line : lines(process.resolve("net/unix"))) {
      String[] fields = line.strip().split("\\s+", 8);
      if (fields.length >= 7) {
        sockets.merge(
            fields[6],
            fields.length == 8 ? fields[7] : "",
            (one, other) -> one.isEmpty() ? other : one);
      }
    }
    return sockets;
  }

  /** Shared mappings of anything but anonymous memory and files only the plugin has. */
  private Optional<Thing> mappings(Path process) throws IOException {
    for (String line : lines(process.resolve("maps"))) {
      String[] fields = line.split("\\s+", 6);
      boolean sharedWritable = fields[1].charAt(1) == 'w' && fields[1].charAt(3) == 's';
      if (sharedWritable && fields.length == 6 && !fields[5].equals("/dev/zero (deleted)")) {
        Optional<Thing> found = mapping(fields[5]);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Thing> mapping(String target) {
    if (target.startsWith("/memfd:")) {
      return declared(Channel.MEMORY_FILES, Thing.MEMORY_FILE);
    }
    if (target.startsWith("/SYSV")) {
      return declared(Channel.SYSV_IPC, Thing.SYSTEM_V_MEMORY);
    }
    return isOwn(Path.of(target)) ? Optional.empty() : Optional.of(Thing.SHARED_MEMORY);
  }

  /** No mount may be written but the plugin's own, and none be made in what it is shown. */
  private Optional<Thing> mounts(Path process) throws IOException {
    for (String line : lines(process.resolve("mountinfo"))) {
      String[] fields = line.split(" ", -1);
      Path point = Path.of(unescaped(fields[4]));
      boolean writable = List.of(fields[5].split(",", -1)).contains("rw");
      boolean own = point.equals(temporary) || point.equals(confinement.state());
      if (writable && !own && !point.startsWith("/dev")) {
        return Optional.of(Thing.WRITABLE_MOUNT);
      }
      if (confinement.examined().stream().anyMatch(each -> isWithin(point, each.path()))
          && !confinement.readable().contains(point)) {
        return Optional.of(Thing.MOUNT);
      }
    }
    return Optional.empty();
  }

  private static boolean isWithin(Path path, Path directory) {
    return path.startsWith(directory) && !path.equals(directory);
  }

  /** A path as proc(5) writes it: blanks, tabs, line feeds and backslashes in octal. */
  private static String unescaped(String path) {
    return ESCAPED
        .matcher(path)
        .replaceAll(
            each ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(each.group(1), 8))));
  }

  private boolean isOpenable(String target) {
    Path path = Path.of(target.replace(" (deleted)", ""));
    return isOwn(path) || isVisible(path) || path.startsWith("/dev") || path.startsWith("/proc");
  }

  private boolean isOwn(Path path) {
    Path state = confinement.state();
    return isTemporary(path) || (state != null && path.startsWith(state));
  }

  private boolean isTemporary(Path path) {
    return path.startsWith(temporary) && !isHidden(path);
  }

  /** What is shown there without being the plugin's: its socket's directory, for one. */
  private boolean isHidden(Path path) {
    return confinement.readable().stream().anyMatch(path::startsWith);
  }

  private boolean isVisible(Path path) {
    return visible.stream().anyMatch(path::startsWith)
        || path.equals(BubblewrapArguments.LINKER_CACHE);
  }
}
