package org.keywarden.broker.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.sandbox.Examination;
import org.keywarden.broker.plugin.sandbox.Protection;

/**
 * What the command line asks of the broker's code without a running broker. Prints lines of fields,
 * separated by tabs.
 */
public final class Tool {
  private static final int REFUSED = 1;
  private static final int MISUSED = 64;

  private Tool() {}

  /**
   * {@code doctor}: name, level, found, remedy of each protection; exit status 1 if plugins cannot
   * be run.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    List<String> words = List.of(arguments);
    int status = words.equals(List.of("doctor")) ? doctor(out) : MISUSED;
    System.exit(status);
  }

  private static int doctor(PrintStream out) throws IOException, InterruptedException {
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Path directory = Files.createTempDirectory("keywarden-doctor");
    try {
      List<Protection> found = Examination.of(Path.of("/"), directory, uid);
      for (Protection each : found) {
        line(out, each.name(), each.level().name(), each.found(), each.remedy());
      }
      return found.stream().allMatch(Protection::permitsPlugins) ? 0 : REFUSED;
    } finally {
      try (Stream<Path> left = Files.list(directory)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  private static void line(PrintStream out, String... fields) {
    out.println(
        String.join("\t", Stream.of(fields).map(field -> field.replaceAll("\\s+", " ")).toList()));
  }
}
