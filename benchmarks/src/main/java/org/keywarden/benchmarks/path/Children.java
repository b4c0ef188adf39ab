package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Processes of one contender, in a directory and with an environment of their own. */
final class Children implements AutoCloseable {
  private static final long PATIENCE = 20_000_000_000L;
  private static final long PAUSE = 10_000_000;

  private final Path directory;
  private final Map<String, String> environment;
  private final List<Process> started = new ArrayList<>();

  /**
   * @param more environment variables; HOME, XDG directories and PATH are set already
   */
  Children(Path directory, Map<String, String> more) throws IOException {
    this.directory = directory;
    this.environment = new java.util.HashMap<>(more);
    for (String name : List.of("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")) {
      environment.put(name, directory.resolve("home").toString());
    }
    environment.put("XDG_RUNTIME_DIR", directory.toString());
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("LANG", "C.UTF-8");
    environment.put("GSETTINGS_BACKEND", "memory");
    Files.createDirectories(directory.resolve("home"));
  }

  void set(String name, String value) {
    environment.put(name, value);
  }

  Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process =
        builder
            .redirectError(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
            .start();
    started.add(process);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroyForcibly));
    return process;
  }

  /** A session bus of its own; later processes find it. */
  Path bus() throws IOException {
    Path socket = directory.resolve("bus");
    start("dbus-daemon", "--session", "--nofork", "--nopidfile", "--address=unix:path=" + socket);
    await("a session bus", () -> Files.exists(socket));
    set("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + socket);
    return socket;
  }

  /** Waits for something that cannot be waited for otherwise. */
  void await(String what, BooleanSupplier happened) throws IOException {
    long end = System.nanoTime() + PATIENCE;
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IOException(
            what + " did not come; " + Files.readString(directory.resolve("log")));
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Pids of all of them and their descendants. */
  List<Long> pids() {
    return started.stream()
        .flatMap(each -> Stream.concat(Stream.of(each.toHandle()), each.descendants()))
        .map(ProcessHandle::pid)
        .distinct()
        .toList();
  }

  @Override
  public void close() throws IOException {
    for (Process process : started.reversed()) {
      List<ProcessHandle> below = process.descendants().toList();
      process.destroy();
      try {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      below.forEach(ProcessHandle::destroyForcibly);
    }
    try (Stream<Path> left = Files.walk(directory)) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
