package org.keywarden.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processes below a broker, and what they take. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** The directory in {@code /proc} of the one whose command line holds a word, not its starter. */
  static Path process(long broker, String word) throws IOException {
    Path found = null;
    for (ProcessHandle each : ProcessHandle.of(broker).orElseThrow().descendants().toList()) {
      Path of = Path.of("/proc", Long.toString(each.pid()));
      String command = Files.readString(of.resolve("cmdline"));
      if (command.contains(word) && !command.contains("bwrap") && !command.startsWith("/bin/sh")) {
        found = of;
      }
    }
    if (found == null) {
      throw new AssertionError("no process with " + word);
    }
    return found;
  }

  /** Its proportional set size, in KiB. */
  static long pss(long broker, String word) throws IOException {
    return Files.readAllLines(process(broker, word).resolve("smaps_rollup")).stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
