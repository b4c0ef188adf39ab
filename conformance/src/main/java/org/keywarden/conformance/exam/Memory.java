package org.keywarden.conformance.exam;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What processes have resident. */
final class Memory {
  private static final String LINE = "VmRSS:";

  private Memory() {}

  /** In KiB; what ended meanwhile has none. */
  static long resident(List<ProcessHandle> processes) {
    return processes.stream().mapToLong(Memory::resident).sum();
  }

  private static long resident(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
          .filter(line -> line.startsWith(LINE))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException ended) {
      return 0;
    }
  }
}
