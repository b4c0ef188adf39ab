package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a broker holds on to; the same before and after any number of deaths.
 *
 * @param processes it started, and they
 * @param files in its runtime directory, sockets among them, numbers left out
 * @param mounts it sees
 * @param descriptors how many of each kind
 */
record Holdings(int processes, Map<String, Long> files, int mounts, Map<String, Long> descriptors) {

  static Holdings of(Broker broker, Path dist) throws Unsettled {
    Path process = Path.of("/proc", Long.toString(broker.pid()));
    try {
      return new Holdings(
          broker.descendants().size(),
          counted(names(broker.runtime()).stream().map(Path::toString)),
          Files.readAllLines(process.resolve("mountinfo")).size(),
          counted(
              targets(process.resolve("fd")).stream()
                  .filter(target -> !isTransient(target, broker, dist))));
    } catch (IOException | UncheckedIOException changing) {
      return new Holdings(0, Map.of(), 0, Map.of());
    }
  }

  /** Libraries are opened when first used, and the grant log goes from file to file. */
  private static boolean isTransient(String target, Broker broker, Path dist) {
    return target.startsWith(dist.toString())
        || target.startsWith(System.getProperty("java.home"))
        || target.startsWith(broker.state().resolve("log").toString());
  }

  private static Map<String, Long> counted(Stream<String> names) {
    return names.collect(
        Collectors.groupingBy(
            name -> name.replaceAll("\\d+", "n"), TreeMap::new, Collectors.counting()));
  }

  private static List<Path> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.toList();
    }
  }

  private static List<String> targets(Path descriptors) throws IOException {
    try (Stream<Path> all = Files.list(descriptors)) {
      return all.map(Holdings::target).flatMap(Optional::stream).toList();
    }
  }

  private static Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Waits until nothing on the whole machine has one of these names. */
  static void awaitNoneNamed(List<String> names) throws Unsettled {
    Await.until(
        "end of everything that has its name",
        Await.PATIENCE,
        () -> named(names).isEmpty(),
        () -> named(names).toString());
  }

  /**
   * Returns, for people, every process, mount, socket and open file of the whole machine in which
   * one of these names is; none of a broker that has ended.
   */
  private static List<String> named(List<String> names) {
    Stream.Builder<String> found = Stream.builder();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : all) {
        if (!process.endsWith(Long.toString(ProcessHandle.current().pid()))) {
          for (String each : List.of("cmdline", "environ", "mountinfo")) {
            addIfNamed(process.resolve(each), names, found);
          }
          addIfOpen(process.resolve("fd"), names, found);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    addIfNamed(Path.of("/proc/net/unix"), names, found);
    addIfNamed(Path.of("/proc/self/mountinfo"), names, found);
    return found.build().toList();
  }

  private static void addIfOpen(
      Path descriptors, List<String> names, Stream.Builder<String> found) {
    try {
      targets(descriptors).stream()
          .filter(target -> names.stream().anyMatch(target::contains))
          .forEach(target -> found.add(descriptors + " has " + target));
    } catch (IOException | UncheckedIOException gone) {
      // It ended, or is another user's.
      return;
    }
  }

  private static void addIfNamed(Path file, List<String> names, Stream.Builder<String> found) {
    try {
      String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      for (String name : names) {
        if (content.contains(name)) {
          found.add(file + " has " + name);
        }
      }
    } catch (IOException gone) {
      // It ended, or is another user's.
      return;
    }
  }
}
