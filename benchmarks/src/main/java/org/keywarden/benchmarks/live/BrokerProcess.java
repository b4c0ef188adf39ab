package org.keywarden.benchmarks.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.keywarden.cli.BrokerLaunch;

/** A broker with the sample input method and the trusted keyboard, in directories of its own. */
public final class BrokerProcess implements AutoCloseable {
  private static final String READY = "keywarden: ready";
  private static final long STOP_SECONDS = 10;
  private static final double NANOS_PER_MILLI = 1e6;

  /** The application's name chooses the route; see {@link Host}. */
  private static final String POLICY =
      """
      version: 1
      rules:
        - name: nobody
          when: application.name == "direct"
          route: direct
        - name: input-method
          route: compose
      """;

  private final Process process;
  private final Path directory;
  private final double readyMillis;

  private BrokerProcess(Process process, Path directory, double readyMillis) {
    this.process = process;
    this.directory = directory;
    this.readyMillis = readyMillis;
  }

  /** Starts one and waits until it says that it is ready. */
  public static BrokerProcess start(BrokerLaunch launch) throws IOException {
    // Short, because a socket's path is 107 bytes at most (unix(7)).
    Path directory = Files.createTempDirectory("kwb");
    Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
    List<String> arguments =
        List.of(
            "--runtime-dir",
            directory.resolve("run").toString(),
            "--state-dir",
            directory.resolve("state").toString(),
            "--policy",
            policy.toString(),
            "--ime",
            "org.keywarden.romaji");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(launch.command(arguments))
            .redirectError(directory.resolve("broker.log").toFile())
            .start();
    // Outlives no measuring that is broken off.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    double ready = (System.nanoTime() - start) / NANOS_PER_MILLI;
    if (line == null || !line.startsWith(READY)) {
      process.destroyForcibly();
      throw new IOException(
          "the broker did not become ready; it said: "
              + line
              + "; its log: "
              + Files.readString(directory.resolve("broker.log")));
    }
    return new BrokerProcess(process, directory, ready);
  }

  /** From before its process was started to its word that it is ready, in ms. */
  double readyMillis() {
    return readyMillis;
  }

  Path hostSocket() {
    return directory.resolve("run/host.sock");
  }

  /** Where applications that speak IBus connect. */
  public Path ibusSocket() {
    return directory.resolve("run/ibus.sock");
  }

  /** Pids of the broker and of everything it started. */
  public List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  Usage broker() throws IOException {
    return Usage.of(process.pid());
  }

  Usage plugin() throws IOException {
    return child("org.keywarden.sample.romaji");
  }

  Usage trustedKeyboard() throws IOException {
    return child("org.keywarden.trusted");
  }

  private Usage child(String mainClass) throws IOException {
    List<Long> pids = new ArrayList<>();
    try (Stream<ProcessHandle> children = process.descendants()) {
      for (ProcessHandle child : children.toList()) {
        Path commandLine = Path.of("/proc", Long.toString(child.pid()), "cmdline");
        if (Files.readString(commandLine).contains(mainClass)) {
          pids.add(child.pid());
        }
      }
    }
    if (pids.isEmpty()) {
      throw new IOException("the broker has no child " + mainClass);
    }
    return Usage.of(pids.getLast());
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
