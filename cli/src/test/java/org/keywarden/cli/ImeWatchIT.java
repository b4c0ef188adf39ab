package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code keywarden ime watch} starts an input method anew when its files change. */
@Timeout(300)
final class ImeWatchIT {
  @TempDir Path work;

  @Test
  void whatChangedRuns() throws Exception {
    Path plugin = work.resolve("wave");
    System.setProperty("keywarden.home", InstalledProgram.DIST.toString());
    Outcome made = Outcome.of("ime", "new", "--language", "python", plugin.toString());
    assertTrue(made.exitCode() == 0, made::toString);
    Path runtime = Files.createTempDirectory("kwt");
    List<String> command = new ArrayList<>(InstalledProgram.words());
    command.addAll(
        List.of(
            "ime",
            "watch",
            plugin.toString(),
            "--no-desktop",
            "--runtime-dir",
            runtime.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader said = process.inputReader()) {
      await(said, "org.example.wave runs");
      Path manifest = plugin.resolve("manifest.yaml");
      String good = Files.readString(manifest);
      Files.writeString(manifest, good + "data: [/tmp]\n");
      await(said, "waiting for a change");
      Path source = plugin.resolve("ime.py");
      Files.writeString(
          source, "import sys\nprint('second', file=sys.stderr)\n" + Files.readString(source));
      Files.writeString(manifest, good);
      await(said, "second");
    } finally {
      process.destroy();
      process.waitFor();
    }
    try (var left = Files.list(runtime)) {
      assertTrue(left.noneMatch(each -> each.endsWith("admin.sock")), "the broker ended too");
    }
  }

  private static void await(BufferedReader said, String what) throws IOException {
    StringBuilder before = new StringBuilder();
    String line;
    do {
      line = said.readLine();
      before.append(line).append('\n');
      assertNotNull(line, () -> "it ended before " + what + ": " + before);
    } while (!line.contains(what));
  }
}
