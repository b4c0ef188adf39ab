package org.keywarden.audit.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;

/**
 * Measures the log on a real directory; prints Markdown rows. Run: {@code java -cp ...
 * org.keywarden.audit.verify.LogBenchmark DIRECTORY}; results are in {@code docs/grant-log.md}.
 */
final class LogBenchmark {
  private static final int ENTRY_BYTES = 200;
  private static final int SECONDS = 20;

  private LogBenchmark() {}

  /** Argument: an empty directory on the disk to measure. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    bare(directory.resolve("bare"), 100);
    paced(directory.resolve("grants"), 100);
    paced(directory.resolve("load"), 10_000);
    flatOut(directory.resolve("flat"));
    verify(directory.resolve("million"));
  }

  private static LogWriter open(Path directory, ExecutorService thread) throws IOException {
    Ed25519Signer signer = new Ed25519Signer("log.test/bench", NoteKey.ED25519, new byte[32]);
    return LogWriter.open(
        new DiskFiles(directory),
        signer,
        thread,
        new LogWriter.Settings(1 << 20, 1 << 21),
        Long.MAX_VALUE);
  }

  /** What the disk takes with no log: the same bytes appended to a file and synced, as evenly. */
  private static void bare(Path file, int rate) throws IOException {
    long[] delays = new long[rate * SECONDS];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long begin = System.nanoTime();
      for (int i = 0; i < delays.length; i++) {
        long due = begin + i * (1_000_000_000L / rate);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        channel.write(ByteBuffer.allocate(ENTRY_BYTES));
        channel.force(false);
        delays[i] = System.nanoTime() - due;
      }
    }
    Arrays.sort(delays);
    print(
        "bare file, %,d appends with fdatasync a second: delay p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms",
        rate, at(delays, 0.5), at(delays, 0.99), at(delays, 0.999));
  }

  /** So many entries a second, evenly; how long each waits to be durable. */
  private static void paced(Path directory, int rate) throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
      LogWriter writer = open(directory, thread);
      timer.scheduleAtFixedRate(writer::checkpoint, 1, 1, TimeUnit.SECONDS);
      int count = rate * SECONDS;
      long[] delays = new long[count];
      CompletableFuture<Void> done = new CompletableFuture<>();
      long begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        long due = begin + i * (1_000_000_000L / rate);
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
          LockSupport.parkNanos(wait);
        }
        int mine = i;
        append(
            writer,
            () -> {
              delays[mine] = System.nanoTime() - due;
              if (mine == count - 1) {
                done.complete(null);
              }
            });
      }
      done.join();
      long took = System.nanoTime() - begin;
      timer.shutdown();
      writer.stop().join();
      Arrays.sort(delays);
      print(
          "%,d/s for %d s: %,.0f/s durable; delay p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms",
          rate,
          SECONDS,
          count * 1e9 / took,
          at(delays, 0.5),
          at(delays, 0.99),
          at(delays, 0.999),
          at(delays, 1));
    }
  }

  /** As fast as it goes with 1,024 waiting. */
  private static void flatOut(Path directory) throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      LogWriter writer = open(directory, thread);
      Semaphore waiting = new Semaphore(1_024);
      int count = 1_000_000;
      Memory memory = new Memory();
      long begin = System.nanoTime();
      for (int i = 0; i < count; i++) {
        memory.at(i);
        waiting.acquire();
        append(writer, waiting::release);
        if (i % 10_000 == 0) {
          writer.checkpoint();
        }
      }
      waiting.acquire(1_024);
      long took = System.nanoTime() - begin;
      writer.stop().join();
      memory.at(count);
      print("as fast as it goes: %,.0f/s durable", count * 1e9 / took);
      print("memory (RSS) of the process while writing, %s", memory);
    }
  }

  private static void verify(Path directory) throws Exception {
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      RecordedLog log = new RecordedLog(new DiskFiles(directory), 1, thread);
      log.begin();
      for (int i = 0; i < 50; i++) {
        log.grants(10_000);
        log.checkpoint();
      }
      log.stop();
    }
    LogVerifier verifier = new LogVerifier(new DiskFiles(directory), new Ed25519Check());
    System.gc();
    Memory memory = new Memory();
    long begin = System.nanoTime();
    Verdict verdict = verifier.verify(LogVerifier.Known.NOTHING, memory::at);
    double took = (System.nanoTime() - begin) / 1e9;
    print(
        "verify %,d entries: %.1f s, holds: %s, peak memory of the process %s",
        verdict.size(), took, verdict.holds(), status("VmHWM"));
    print("memory (RSS) of the process while verifying, %s", memory);
  }

  /** The process's memory after so many entries, at every 200,000th. */
  private static final class Memory {
    private static final int STEP = 200_000;

    private final StringJoiner seen = new StringJoiner(", ");
    private long next;

    void at(long entries) {
      if (entries >= next) {
        seen.add("%,d: %s".formatted(entries, status("VmRSS")));
        next += STEP;
      }
    }

    @Override
    public String toString() {
      return seen.toString();
    }
  }

  /** A line of proc_pid_status(5). */
  private static String status(String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double at(long[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1, part * sorted.length)] / 1e6;
  }

  private static void append(LogWriter writer, Runnable durable) {
    writer.append(
        new byte[ENTRY_BYTES],
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {
            durable.run();
          }

          @Override
          public void failed(IOException reason) {
            throw new IllegalStateException(reason);
          }
        });
  }

  private static void print(String format, Object... values) {
    System.out.println("- " + String.format(Locale.ROOT, format, values));
  }
}
