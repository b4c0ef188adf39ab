package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Finding.Handed;

/**
 * Finds kernel objects without a name (pipes, event counters, memory files) that processes share
 * with others. One process cannot open another's: it was handed over.
 */
final class Strangers {
  private static final String EVENT = "anon_inode:[eventfd]";

  private static final String PIPE = "pipe:";

  private final Path proc;

  /**
   * What is shared.
   *
   * @param object its name, by which two looks see that it is the same; never shown
   */
  record Found(String object, Finding finding) {}

  /**
   * @param proc where {@code /proc} is; another place for tests
   */
  Strangers(Path proc) {
    this.proc = proc;
  }

  /**
   * Looks at every process there is that can be looked at.
   *
   * @param inside processes that may share with each other
   * @param trusted a process that may hold what they hold, such as the one that started them
   * @param granted names of objects, as {@link #name}, that others may hold too
   * @return what one of them holds together with somebody else, empty if nothing
   */
  Optional<Found> shared(List<Long> inside, long trusted, Set<String> granted) throws IOException {
    Set<String> held = new HashSet<>();
    for (long pid : inside) {
      held.addAll(objects(pid));
    }
    held.removeAll(granted);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(proc, "[1-9]*")) {
      for (Path process : all) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (pid != trusted && !inside.contains(pid)) {
          for (String object : objects(pid)) {
            if (held.contains(object)) {
              return Optional.of(new Found(object, new Finding.Shared(kind(object), pid)));
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Handed kind(String object) {
    return object.startsWith(PIPE)
        ? Handed.PIPE
        : object.startsWith(EVENT) ? Handed.EVENT_COUNTER : Handed.MEMORY_FILE;
  }

  /** Names of what a process holds; none if it may not be looked at, or is gone. */
  private Set<String> objects(long pid) {
    Set<String> found = new HashSet<>();
    Path process = proc.resolve(Long.toString(pid));
    try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : all) {
        name(process, descriptor).ifPresent(found::add);
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException gone) {
      return found;
    }
    return found;
  }

  /** The name, unique in the machine, of what a descriptor is of; empty for files and sockets. */
  static Optional<String> name(Path process, Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (target.startsWith(PIPE)) {
        return Optional.of(target);
      }
      if (target.startsWith("/memfd:")) {
        return Optional.of(target + " " + Files.getAttribute(descriptor, "unix:ino"));
      }
      if (target.equals(EVENT)) {
        Path information = process.resolve("fdinfo").resolve(descriptor.getFileName());
        return Files.readAllLines(information).stream()
            .filter(line -> line.startsWith("eventfd-id:"))
            .map(line -> target + " " + line.replaceAll("\\D", ""))
            .findFirst();
      }
      return Optional.empty();
    } catch (IOException closed) {
      return Optional.empty();
    }
  }
}
