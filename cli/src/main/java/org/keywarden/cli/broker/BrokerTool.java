package org.keywarden.cli.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;

/**
 * What the broker's own code says when asked without a running broker.
 *
 * @param status exit status; 0 for yes
 * @param rows lines, each split into its fields
 */
public record BrokerTool(int status, List<List<String>> rows) {
  /**
   * Asks.
   *
   * @param arguments of {@code org.keywarden.broker.app.Tool}
   */
  public static BrokerTool ask(BrokerLaunch launch, List<String> arguments)
      throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(launch.tool(arguments))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        List<List<String>> rows = lines.lines().map(line -> List.of(line.split("\t", -1))).toList();
        return new BrokerTool(process.waitFor(), rows);
      }
    } catch (IOException e) {
      throw new Failure(Exit.UNAVAILABLE, "cannot start " + launch.java() + ": " + e.getMessage());
    }
  }

  /** The value of the first line with this name, empty if there is none. */
  public String value(String name) {
    return rows.stream()
        .filter(row -> row.size() > 1 && row.getFirst().equals(name))
        .map(row -> row.get(1))
        .findFirst()
        .orElse("");
  }
}
