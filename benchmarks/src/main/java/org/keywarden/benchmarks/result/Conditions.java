package org.keywarden.benchmarks.result;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Under what a run was made.
 *
 * @param load the three load averages of proc(5), at the start and at the end
 * @param brokerFlags of the broker's JVM, which JMH's JVMs have too
 * @param commit abbreviated, with {@code -dirty} if files differed from it; "unknown" outside a
 *     checkout
 */
public record Conditions(
    String date,
    String cpu,
    int cores,
    String kernel,
    String jdk,
    String commit,
    String load,
    List<String> brokerFlags) {

  /**
   * What can be known at the start.
   *
   * @param brokerFlags of its JVM
   */
  public static Conditions now(String date, List<String> brokerFlags) throws IOException {
    return new Conditions(
        date,
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown"),
        Runtime.getRuntime().availableProcessors(),
        Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(),
        Runtime.version() + " " + System.getProperty("java.vm.vendor"),
        headCommit(),
        loadNow(),
        brokerFlags);
  }

  /** The same with the load of now appended. */
  public Conditions ended() throws IOException {
    return new Conditions(
        date, cpu, cores, kernel, jdk, commit, load + " -> " + loadNow(), brokerFlags);
  }

  private static String loadNow() throws IOException {
    String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ", -1);
    return String.join(" ", List.of(fields).subList(0, 3));
  }

  private static String headCommit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return said.isEmpty() ? "unknown" : said;
    } catch (IOException noGit) {
      return "unknown";
    }
  }
}
