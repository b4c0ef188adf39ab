package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code keywarden ime check} of the samples, which pass, and of the kit's puppet, which does not.
 */
final class ImeCheckIT {
  private static final Path SDK = Path.of("../sdk").toAbsolutePath().normalize();

  @TempDir Path work;

  @BeforeEach
  void installation() {
    System.setProperty("keywarden.home", InstalledProgram.DIST.toString());
  }

  /** What failed, and what was seen of it. */
  private Map<String, String> failed(int status, String... which) {
    String[] words = new String[which.length + 5];
    words[0] = "ime";
    words[1] = "check";
    words[2] = "--json";
    words[3] = "--keys";
    words[4] = "1000";
    System.arraycopy(which, 0, words, 5, which.length);
    Outcome outcome = Outcome.of(words);
    assertEquals(status, outcome.exitCode(), outcome::toString);
    JsonObject all = JsonParser.parseString(outcome.out()).getAsJsonObject();
    Map<String, String> failed = new TreeMap<>();
    for (JsonElement each : all.getAsJsonArray("checks")) {
      JsonObject check = each.getAsJsonObject();
      if (!check.get("passed").getAsBoolean()) {
        failed.put(check.get("check").getAsString(), check.get("observed").getAsString());
      }
    }
    assertEquals(
        all.get("of").getAsInt() - failed.size(), all.get("score").getAsInt(), outcome::out);
    return failed;
  }

  @Test
  void theJavaSamplePasses() {
    assertEquals(Map.of(), failed(0, "org.keywarden.romaji"));
  }

  @Test
  void thePythonSamplePasses() throws IOException {
    Path page = work.resolve("check.html");
    Path emoji = copy(SDK.resolve("python/examples/emoji"), work.resolve("emoji"));
    assertEquals(Map.of(), failed(0, "--html", page.toString(), emoji.toString()));
    String html = Files.readString(page);
    assertTrue(html.contains("<bdi>org.keywarden.emoji</bdi>"), html);
    assertTrue(html.contains("It does what it should") && html.contains("p99"), html);
  }

  /** With the packages that {@code keywarden test} has put there instead of npm's. */
  @Test
  void theNodeSamplePasses() throws IOException {
    Path telex = copy(SDK.resolve("node/examples/telex"), work.resolve("telex"));
    copy(SDK.resolve("target/node/node_modules"), telex.resolve("node_modules"));
    copy(InstalledProgram.DIST.resolve("runtimes/node"), telex.resolve("node_modules"));
    assertEquals(Map.of(), failed(0, telex.toString()));
  }

  /** It deletes what the field never reported, keeps a journal, and asks for every right. */
  @Test
  void aHostileOneFailsForEachOfItsReasons() throws IOException {
    Map<String, String> failed = failed(1, puppet("DELETE").toString());
    assertTrue(
        failed.getOrDefault("does nothing that is refused", "").endsWith("out_of_bounds"),
        failed::toString);
    assertTrue(
        failed.getOrDefault("forgets where learning is off", "").endsWith("journal"),
        failed::toString);
    assertTrue(
        failed.getOrDefault("asks for no right it does not use", "").contains("show_candidates"),
        failed::toString);
    assertFalse(failed.containsKey("answers each key once, in order"), failed::toString);
  }

  @Test
  void oneThatAnswersNothingFailsAtTheFirstKey() throws IOException {
    Map<String, String> failed = failed(1, puppet("NONE").toString());
    assertTrue(
        failed.getOrDefault("answers each key once, in order", "").contains("no answer"),
        failed::toString);
    assertTrue(failed.containsKey("answers in time"), failed::toString);
  }

  @Test
  void whatIsNotThereIsSaid() {
    Map<String, String> failed = failed(1, "no.such.engine");
    assertEquals(1, failed.size(), failed::toString);
    assertTrue(failed.containsKey("its manifest lints clean"), failed::toString);
  }

  private Path puppet(String answers) throws IOException {
    Path plugin = work.resolve("puppet");
    Path kit = InstalledProgram.DIST.resolve("conformance");
    copy(kit.resolve("lib"), plugin.resolve("lib"));
    Files.writeString(
        plugin.resolve("manifest.yaml"),
        Files.readString(kit.resolve("puppet/manifest.yaml"))
            .replace("@id@", "kit.alone")
            .replace("  - \"${state}\"", "  - \"${state}\"\n  - " + answers)
            .replace(
                "@rights@",
                "[receive_keys, set_preedit, commit_text, show_candidates, delete_surrounding]"));
    return plugin;
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    return to;
  }
}
