package org.keywarden.fleet.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories as a whole. */
final class Trees {
  private Trees() {}

  /** Copies one to where nothing is, or in place of what is there. */
  static void copy(Path from, Path to) throws IOException {
    delete(to);
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path each : List.copyOf(walk.toList())) {
        Files.copy(each, to.resolve(from.relativize(each)));
      }
    }
  }

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> walk = Files.walk(directory)) {
        for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
