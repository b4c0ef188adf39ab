package org.keywarden.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.testbed.Await;

/** Tests that are written in the languages of the SDKs. */
final class ScriptsTest {
  @TempDir Path work;

  @Test
  void theContractIsWhatProtoSays() throws Exception {
    run(Map.of(), "/usr/bin/python3", "-B", "contract", "--check");
  }

  @Test
  void python() throws Exception {
    run(
        Map.of("PYTHONPATH", "python"),
        "/usr/bin/python3",
        "-B",
        "-m",
        "unittest",
        "discover",
        "--start-directory",
        "python/tests");
  }

  @Test
  void node() throws Exception {
    run(
        Map.of(),
        "node",
        "--test",
        "target/node/test/edits.test.js",
        "target/node/test/telex.test.js");
  }

  private void run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = work.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(List.of(command));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      boolean ended = process.waitFor(4 * Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertEquals(0, ended ? process.exitValue() : -1, Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }
}
