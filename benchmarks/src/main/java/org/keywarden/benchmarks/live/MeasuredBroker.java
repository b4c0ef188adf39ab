package org.keywarden.benchmarks.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.client.process.BrokerProcess;

/** A broker with the sample input method and the trusted keyboard, in directories of its own. */
public final class MeasuredBroker implements AutoCloseable {
  private static final String SAMPLE = "org.keywarden.sample.romaji";

  /** Field of proc(5)'s stat, in clock ticks since boot. */
  private static final int START_TIME = 22;

  private static final double MILLIS_PER_TICK = 10;
  private static final Duration START = Duration.ofSeconds(60);
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

  private final BrokerProcess process;
  private final Path directory;
  private final double readyMillis;

  private MeasuredBroker(BrokerProcess process, Path directory, double readyMillis) {
    this.process = process;
    this.directory = directory;
    this.readyMillis = readyMillis;
  }

  /** Starts one and waits until it says that it is ready. */
  public static MeasuredBroker start(BrokerLaunch launch) throws IOException {
    return start(List.of(), launch, List.of());
  }

  /**
   * Starts one on a machine that has no bubblewrap, so that its processes run without a sandbox.
   */
  public static MeasuredBroker startUnconfined(BrokerLaunch launch) throws IOException {
    return start(
        List.of(
            "bwrap",
            "--die-with-parent",
            "--dev-bind",
            "/",
            "/",
            "--ro-bind",
            "/dev/null",
            "/usr/bin/bwrap",
            "--"),
        launch,
        List.of("--allow-unsandboxed"));
  }

  private static MeasuredBroker start(List<String> prefix, BrokerLaunch launch, List<String> more)
      throws IOException {
    // Short, because a socket's path is 107 bytes at most (unix(7)).
    Path directory = Files.createTempDirectory("kwb");
    Path policy = Files.writeString(directory.resolve("policy.yaml"), POLICY);
    List<String> arguments = new ArrayList<>(more);
    arguments.addAll(
        List.of(
            "--runtime-dir",
            directory.resolve("run").toString(),
            "--state-dir",
            directory.resolve("state").toString(),
            "--policy",
            policy.toString(),
            "--ime",
            "org.keywarden.romaji"));
    List<String> command = new ArrayList<>(prefix);
    command.addAll(launch.command(arguments));
    long start = System.nanoTime();
    BrokerProcess process = BrokerProcess.start(command, directory.resolve("broker.log"));
    // Outlives no measuring that is broken off.
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::close));
    try {
      process.awaitReady(START);
    } catch (IOException e) {
      process.kill();
      throw e;
    }
    double ready = (System.nanoTime() - start) / NANOS_PER_MILLI;
    return new MeasuredBroker(process, directory, ready);
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
    return Stream.concat(
            Stream.of(process.pid()), process.descendants().stream().map(ProcessHandle::pid))
        .toList();
  }

  Usage broker() throws IOException {
    return Usage.of(process.pid());
  }

  Usage plugin() throws IOException {
    return child(SAMPLE);
  }

  Usage trustedKeyboard() throws IOException {
    return child("org.keywarden.trusted");
  }

  /** Kills the sample input method's newest process. */
  void killPlugin() {
    try {
      ProcessHandle.of(pids(SAMPLE).getLast()).ifPresent(ProcessHandle::destroyForcibly);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How long ago the first process of the sample input method began, in steps of 10 ms. */
  double pluginAgeMillis() throws IOException {
    double now =
        Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0]) * 1_000;
    double oldest = 0;
    for (long pid : pids(SAMPLE)) {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      oldest = Math.max(oldest, now - Long.parseLong(afterName[START_TIME - 3]) * MILLIS_PER_TICK);
    }
    return oldest;
  }

  private Usage child(String mainClass) throws IOException {
    return Usage.of(pids(mainClass).getLast());
  }

  private List<Long> pids(String mainClass) throws IOException {
    List<Long> pids = process.descendants(mainClass).stream().map(ProcessHandle::pid).toList();
    if (pids.isEmpty()) {
      throw new IOException("the broker has no child " + mainClass);
    }
    return pids;
  }

  @Override
  public void close() throws IOException {
    process.close();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
