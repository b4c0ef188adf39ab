package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads what a process takes of the machine, from outside (proc(5)); all of it any program of the
 * same user may read.
 */
final class Gauge {
  private static final double KIB_PER_MIB = 1024;

  /** Ticks of processor time per second, on every Linux the kit runs on. */
  private static final double TICKS = 100;

  /** Of the fields of {@code stat} that come after the name. */
  private static final int USER_TICKS = 11;

  private static final int SYSTEM_TICKS = 12;
  private static final int THREADS = 17;
  private static final double NANOS = 1e9;
  private static final String SEAT = "seat";

  private final Path process;

  Gauge(Broker broker) {
    this.process = Path.of("/proc", Long.toString(broker.pid()));
  }

  /**
   * What a broker holds.
   *
   * @param resident all memory, MiB
   */
  record Holding(double resident, long descriptors, long threads) {}

  /** What it holds now. */
  Holding holding() {
    return new Holding(resident(), descriptors(), Long.parseLong(stat().get(THREADS)));
  }

  /** Memory the process has now, MiB. */
  double resident() {
    return status("VmRSS:") / KIB_PER_MIB;
  }

  /** The most memory it ever had, MiB. */
  double peak() {
    return status("VmHWM:") / KIB_PER_MIB;
  }

  /** How many are open: since Linux 6.2 the directory's size, which anybody may ask. */
  long descriptors() {
    try {
      long size = Files.size(process.resolve("fd"));
      if (size > 0) {
        return size;
      }
      try (var all = Files.list(process.resolve("fd"))) {
        return all.count();
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Processor time used so far, in seconds. */
  double processor() {
    List<String> stat = stat();
    return (Long.parseLong(stat.get(USER_TICKS)) + Long.parseLong(stat.get(SYSTEM_TICKS))) / TICKS;
  }

  /** The part of one processor used during a while. */
  double share(long nanos) {
    double before = processor();
    long start = System.nanoTime();
    LockSupport.parkNanos(nanos);
    return (processor() - before) * NANOS / (System.nanoTime() - start);
  }

  /**
   * What the thread that serves everybody's keys has had of the processors.
   *
   * @param ran in s
   * @param waited ready to run, in s
   */
  record Served(double ran, double waited) {
    static final Served NOTHING = new Served(0, 0);

    Served since(Served before) {
      return new Served(ran - before.ran, waited - before.waited);
    }
  }

  /** By the scheduler's own account; nothing where that is not kept or no thread has the name. */
  Served seat() {
    try (var threads = Files.list(process.resolve("task"))) {
      for (Path each : threads.toList()) {
        if (Files.readString(each.resolve("comm")).startsWith(SEAT)) {
          String[] account = Files.readString(each.resolve("schedstat")).strip().split(" ", -1);
          return new Served(Long.parseLong(account[0]) / NANOS, Long.parseLong(account[1]) / NANOS);
        }
      }
    } catch (IOException unknown) {
      return Served.NOTHING;
    }
    return Served.NOTHING;
  }

  private long status(String name) {
    return lines("status").stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split(" ", -1)[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private List<String> stat() {
    String line = lines("stat").getFirst();
    return List.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(process.resolve(file));
    } catch (IOException gone) {
      throw new UncheckedIOException("the broker is gone", gone);
    }
  }
}
