package org.keywarden.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsTest {
  private static final Results RESULTS =
      new Results(
          "bench",
          new Conditions(
              "2026-01-02T03:04",
              "A CPU",
              2,
              "6.1",
              "25",
              "abc123-dirty",
              "0.1 0.2 0.3 -> 1 2 3",
              List.of("-Xmx64m")),
          List.of("a note"),
          List.of(
              Row.of("Start", "to ready", "ms", "< 500", 412.3),
              Row.of(
                  "Keys",
                  "round trip",
                  "us",
                  "",
                  IntStream.rangeClosed(1, 1000).mapToDouble(i -> i).toArray())));

  @Test
  void theTablesBearConditionsTargetsAndOnlyPercentilesTheSamplesCarry() {
    String text = RESULTS.markdown();
    assertTrue(text.contains("- CPU: A CPU, 2 cores\n"), text);
    assertTrue(text.contains("- commit: abc123-dirty\n"), text);
    assertTrue(text.contains("start -> end: 0.1 0.2 0.3 -> 1 2 3\n"), text);
    assertTrue(text.contains("- a note\n"), text);
    assertTrue(text.contains("## Start\n"), text);
    assertTrue(text.contains("| to ready | ms | 412 |  |  |  | 1 | < 500 |\n"), text);
    assertTrue(text.contains("| round trip | us | 500 | 990 | 999 | 1000 | 1000 |  |\n"), text);
  }

  @Test
  void bothFilesAreWritten(@TempDir Path directory) throws IOException {
    Path tables = RESULTS.write(directory.resolve("new"));
    assertEquals("2026-01-02T0304-bench.md", String.valueOf(tables.getFileName()));
    assertEquals(RESULTS.markdown(), Files.readString(tables));
    String json = Files.readString(tables.resolveSibling("2026-01-02T0304-bench.json"));
    JsonObject results = JsonParser.parseString(json).getAsJsonObject();
    assertEquals(2, results.getAsJsonArray("rows").size());
    JsonObject keys = results.getAsJsonArray("rows").get(1).getAsJsonObject();
    assertEquals(999, keys.getAsJsonObject("values").get("p999").getAsDouble());
    assertEquals("abc123-dirty", results.getAsJsonObject("conditions").get("commit").getAsString());
    assertFalse(json.contains("\\u003c"), "targets stay readable");
  }
}
