package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.cli.audit.Progress;
import org.keywarden.proto.audit.v1.UserOverride;
import picocli.CommandLine;

/** What an auditor may get wrong, and what then is said. */
final class AuditMisuseTest {
  @TempDir private Path root;
  private Path state;

  @BeforeEach
  void write() throws IOException {
    state = Files.createDirectory(root.resolve("state"));
    try (SampleLog log = new SampleLog(state)) {
      log.begin();
      log.choose(UserOverride.newBuilder().setPlugin("org.example.kana"));
      log.allow("/usr/bin/xterm");
      log.forget("/usr/bin/xterm");
      log.stop();
    }
  }

  private Outcome audit(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "audit";
    System.arraycopy(words, 0, all, 1, words.length);
    return Outcome.of(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"verify", "tail", "tail --follow", "query", "export", "key", "report", "witness"})
  void aLogThatIsNotThereIsSaid(String command) {
    String nowhere = "--state-dir=" + root.resolve("nowhere");
    Outcome done = audit((command + " " + nowhere).split(" "));
    assertEquals(66, done.exitCode(), done.toString());
    assertTrue(
        done.err().contains("there is no log in") || done.err().contains("keywarden/witnesses"),
        done.err());
    assertFalse(Files.exists(root.resolve("nowhere")), "nothing is made");
  }

  @Test
  void aFileInPlaceOfALogIsSaid() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "x");
    Outcome done = audit("verify", "--log=" + file);
    assertEquals(66, done.exitCode());
    assertEquals(
        "keywarden: " + file + " is no directory; give --state-dir or --log\n", done.err());
  }

  @Test
  void aMissingFileIsNamedWithWhatIsWrongWithIt() throws IOException {
    Files.delete(state.resolve("log/keys"));
    Outcome done = audit("key", "--state-dir=" + state);
    assertEquals(66, done.exitCode());
    assertEquals("keywarden: " + state.resolve("log/keys") + " is missing\n", done.err());
  }

  /** Or the log of whoever asks would be changed in place of the copy. */
  @ParameterizedTest
  @ValueSource(strings = {"prune --older-than=0", "key --rotate"})
  void aCopyIsNotChanged(String command) {
    Outcome done = audit((command + " --log=" + state.resolve("log")).split(" "));
    assertEquals(64, done.exitCode(), done.toString());
    assertTrue(done.err().contains("--log is for reading"), done.err());
  }

  @Test
  void anApplicationNoLongerAllowedIsRevealedAndAChosenPluginIsNone() {
    for (String entry : new String[] {"4", "5"}) {
      Outcome done = audit("reveal", entry, "--state-dir=" + state);
      assertTrue(done.out().startsWith("application: /usr/bin/xterm\n"), done.toString());
    }
    Outcome none = audit("reveal", "3", "--state-dir=" + state);
    assertEquals("keywarden: entry 3 names no application\n", none.err());
  }

  @Test
  void jsonIsJsonEverywhere() {
    Outcome pruned = audit("prune", "--older-than=1", "--json", "--state-dir=" + state);
    assertEquals(
        JsonParser.parseString("{minimum: 0, removable: 0}"), JsonParser.parseString(pruned.out()));
    Path witness = root.resolve("witness");
    String key = Outcome.of("witness", "key", "--state-dir=" + witness).out().strip();
    String json = Outcome.of("witness", "key", "--json", "--state-dir=" + witness).out();
    assertEquals(key, JsonParser.parseString(json).getAsString());
  }

  @Test
  void theBarEndsOnceAlsoWhenTheLogGrewMeanwhile() {
    StringWriter said = new StringWriter();
    CommandLine line = Main.commandLine(true);
    line.setErr(new PrintWriter(said));
    LongConsumer bar = Progress.on(line, new DiskFiles(state.resolve("log")));
    bar.accept(3);
    bar.accept(9);
    bar.accept(9);
    assertEquals(
        "\r[" + "=".repeat(12) + " ".repeat(18) + "] 3/7\r[" + "=".repeat(30) + "] 9/9\n",
        said.toString());
  }
}
