package org.keywarden.audit.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Builds the programs in {@code src/test/go} and runs them. */
final class GoTools {
  private GoTools() {}

  /** Builds one in a directory. */
  static Path build(String name, Path directory) throws IOException, InterruptedException {
    Path tool = directory.resolve(name);
    ProcessBuilder go =
        new ProcessBuilder("go", "build", "-o", tool.toString(), "src/test/go/" + name + ".go");
    go.environment().put("GO111MODULE", "off");
    go.environment().put("GOPATH", "/usr/share/gocode");
    go.environment().put("GOCACHE", directory.resolve("cache").toString());
    assertEquals("", run(go));
    return tool;
  }

  /** What it says, and with what it ends if it does not end well. */
  static String run(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.redirectErrorStream(true).start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() <= 1 ? said : "ended with " + process.exitValue() + ": " + said;
  }
}
