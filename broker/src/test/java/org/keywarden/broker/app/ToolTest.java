package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.plugin.installed.Runtimes;
import org.keywarden.proto.text.VisibleText;

@Timeout(60)
final class ToolTest {
  private static final String GOOD =
      """
      id: com.example.greek
      name: Greek
      version: "1"
      exec: ["${java}", "-version"]
      rights: [receive_keys]
      """;

  @TempDir Path work;

  /** A manifest's text reaches a terminal through what is printed of it. */
  @Test
  void whatIsPrintedOfAManifestCannotActOnATerminal() throws Exception {
    String name = "Gr\\e]0;pwned\\aeek\\u202e";
    Files.writeString(
        work.resolve("manifest.yaml"), GOOD.replace("name: Greek", "name: \"" + name + "\""));
    String shown = tool("lint", work.toString());
    Files.writeString(
        work.resolve("manifest.yaml"),
        GOOD.replace("[\"${java}\"", "[\"\\e[2J\\u009b31m\\u202e\""));
    shown += tool("lint", work.toString());
    assertTrue(shown.contains("Gr") && shown.contains("refused"), shown);
    assertTrue(
        shown
            .codePoints()
            .allMatch(point -> point == '\n' || point == '\t' || !VisibleText.acts(point)),
        shown);
  }

  @Test
  void lintSaysWhichInterpreterTheSandboxHasNot() throws Exception {
    Path script = Files.writeString(work.resolve("ime"), "#!/usr/bin/\u001b[2Jpython3\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(
        work.resolve("manifest.yaml"),
        GOOD.replace("${java}", "${plugin}/" + script.getFileName()));
    String shown = tool("lint", work.toString());
    assertTrue(shown.startsWith("refused\t"), shown);
    assertTrue(shown.contains("is a script for /usr/bin/"), shown);
    assertFalse(shown.contains("\u001b"), shown);
  }

  private String tool(String... words) throws IOException, InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int ignored =
        Tool.run(
            List.of(words),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            Runtimes.of(work),
            work.resolve("installed"));
    return out.toString(StandardCharsets.UTF_8);
  }
}
