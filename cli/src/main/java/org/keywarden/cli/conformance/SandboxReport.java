package org.keywarden.cli.conformance;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Text;
import org.keywarden.conformance.probe.ProbeResult;
import org.keywarden.conformance.probe.ProbeRun;

/** What a plugin that tries to get out of its sandbox achieves. */
final class SandboxReport {
  private SandboxReport() {}

  /**
   * Makes every probe and prints what came of it.
   *
   * @return 0 if all were refused, 1 if not
   */
  static int make(Path home, boolean json, PrintWriter out)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("keywarden-probe");
    try {
      List<ProbeResult> results = ProbeRun.run(home, work);
      results.forEach(result -> print(result, json, out));
      long escaped = results.stream().filter(result -> !result.refused()).count();
      long unproven = results.stream().filter(result -> !result.proven()).count();
      if (!json) {
        out.println(
            escaped == 0
                ? "All "
                    + results.size()
                    + " ways out are closed; "
                    + unproven
                    + " of them this machine closes to your user even without the sandbox."
                : escaped + " of " + results.size() + " ways out are open.");
      }
      out.flush();
      return escaped == 0 ? 0 : Exit.FAILED;
    } finally {
      delete(work);
    }
  }

  private static void print(ProbeResult result, boolean json, PrintWriter out) {
    if (json) {
      out.println(Text.visibleJson(new Gson().toJson(result)));
      return;
    }
    out.println(
        Text.visible(
            String.format(
                "%-6s %-34s %-28s %s",
                result.refused() ? "closed" : "OPEN",
                result.name(),
                result.expected(),
                result.proven() ? "open without the sandbox" : "closed to this user anyway")));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
