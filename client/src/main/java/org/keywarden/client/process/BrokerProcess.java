package org.keywarden.client.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A broker that was started, from its first line to its end. Thread: any. */
public final class BrokerProcess implements AutoCloseable {
  private static final String READY = "keywarden: ready";
  private static final Duration STOP = Duration.ofSeconds(10);

  private final Process process;
  private final Path log;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

  /**
   * Takes a broker whose output nobody has read.
   *
   * @param log where its errors go
   */
  public BrokerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts one.
   *
   * @param log a file for its errors
   */
  public static BrokerProcess start(List<String> command, Path log) throws IOException {
    return new BrokerProcess(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** To the end: a broker whose output nobody takes would wait for that. */
  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(READY)) {
          ready.complete(true);
        }
        line = lines.readLine();
      }
      ready.complete(false);
    } catch (IOException closed) {
      ready.complete(false);
    }
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws IOException if it ends before, or does not in time; the message has its log
   */
  public void awaitReady(Duration patience) throws IOException {
    try {
      if (!ready.get(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("the broker did not start: " + log());
      }
    } catch (TimeoutException | ExecutionException e) {
      throw new IOException(
          "the broker was not ready within " + patience.toSeconds() + " s: " + log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the broker starts", e);
    }
  }

  /** What it wrote to its log. */
  public String log() throws IOException {
    return Files.readString(log).strip();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit status. */
  public int exitValue() {
    return process.exitValue();
  }

  /** Every process that it started and they started. */
  public List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Those of them whose command line has this word in it. */
  public List<ProcessHandle> descendants(String word) {
    return process.descendants().filter(each -> commandLine(each).contains(word)).toList();
  }

  /** The words of a process's command line with zeros between; empty if it is gone. */
  public static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
    } catch (IOException gone) {
      return "";
    }
  }

  /** Waits for its end; returns whether it came in time. */
  public boolean waitFor(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends it, and only it, with SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Ends it with SIGTERM, as its user would, and kills it if that takes too long. */
  public void stop(Duration patience) {
    process.destroy();
    boolean ended = false;
    try {
      ended = waitFor(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      kill();
    }
  }

  @Override
  public void close() {
    stop(STOP);
  }
}
