package org.keywarden.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far (proc(5)).
 *
 * @param residentMegabytes {@code VmRSS}, in MB of 10^6 bytes
 * @param cpuMillis user and system time of all its threads, in steps of the kernel's clock tick of
 *     10 ms
 */
public record Usage(double residentMegabytes, double cpuMillis) {
  private static final double BYTES_PER_KIBIBYTE = 1024;
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double MILLIS_PER_TICK = 10;
  private static final int USER_TIME = 14;
  private static final int SYSTEM_TIME = 15;

  /** Of a process that runs. */
  public static Usage of(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    long kibibytes =
        Files.readAllLines(process.resolve("status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow(() -> new IOException("process " + pid + " has ended"));
    String stat = Files.readString(process.resolve("stat"));
    // Fields are numbered from 1; the name in field 2 may hold blanks.
    String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks =
        Long.parseLong(afterName[USER_TIME - 3]) + Long.parseLong(afterName[SYSTEM_TIME - 3]);
    return new Usage(kibibytes * BYTES_PER_KIBIBYTE / BYTES_PER_MEGABYTE, ticks * MILLIS_PER_TICK);
  }

  /** {@code Pss}: memory it shares with others is counted in part, in MB of 10^6 bytes. */
  public static double proportionalMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
            .filter(line -> line.startsWith("Pss:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum()
        * BYTES_PER_KIBIBYTE
        / BYTES_PER_MEGABYTE;
  }
}
