package org.keywarden.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the file from which later starts of the broker take what the JVM would work out anew: an
 * ahead-of-time cache (JEP 514). Run once after a build. A broker started without the file, or with
 * one that does not fit, only starts slower.
 */
public final class StartCache {
  private static final long STOP_SECONDS = 120;

  private StartCache() {}

  /** Exit status: 0 made, 1 not made; standard error says why. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      make(BrokerLaunch.below(System.getProperty("keywarden.home")));
    } catch (IOException | Failure e) {
      System.err.println("keywarden: no start cache: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Starts a broker in directories of its own, lets it become ready, and stops it. */
  static void make(BrokerLaunch launch) throws IOException, InterruptedException {
    // Short, because a socket's path is 107 bytes at most (unix(7)).
    Path work = Files.createTempDirectory("kwc");
    Path cache = work.resolve("start.aot");
    try {
      Process broker =
          new ProcessBuilder(
                  launch.training(
                      cache,
                      List.of(
                          "--runtime-dir",
                          work.resolve("run").toString(),
                          "--state-dir",
                          work.resolve("state").toString())))
              .redirectError(work.resolve("broker.log").toFile())
              .start();
      awaitReady(broker, work.resolve("broker.log"));
      broker.destroy();
      if (!broker.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        broker.destroyForcibly();
      }
      if (!Files.exists(cache)) {
        throw new IOException("the JVM wrote none");
      }
      Files.copy(cache, launch.startCache(), StandardCopyOption.REPLACE_EXISTING);
    } finally {
      delete(work);
    }
  }

  private static void awaitReady(Process broker, Path log) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(broker.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("keywarden: ready")) {
        return;
      }
    }
    throw new IOException("the broker did not become ready: " + Files.readString(log));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
