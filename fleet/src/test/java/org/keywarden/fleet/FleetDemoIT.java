package org.keywarden.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demonstration as installed, with a real Kafka: each planted fault found, nothing else, the
 * same totals as {@code audit verify}, and the page says so.
 */
final class FleetDemoIT {
  private static final Path DIST = Path.of(System.getProperty("keywarden.dist"));

  @TempDir Path directory;

  @Test
  void eachPlantedFaultIsFoundAndNothingElse() throws Exception {
    Path page = directory.resolve("page.html");
    Path errors = directory.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(
                DIST.resolve("fleet/bin/keywarden-fleet").toString(),
                "demo",
                "--machines=8",
                "--page=" + page)
            .redirectError(errors.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process demo = builder.start();
    String out = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, demo.waitFor(), () -> out + said(errors));
    assertFalse(out.contains("NOT FOUND"), out);
    String html = Files.readString(page);
    assertTrue(html.contains("2 logs do NOT hold"), html);
    assertTrue(html.contains("<data id=\"silent\" value=\"1\">"), html);
    assertTrue(html.contains("finding: quarantine"), html);
  }

  private static String said(Path errors) {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void itsLibrariesAreNowhereElse() throws Exception {
    Path fleet = DIST.resolve("fleet");
    try (Stream<Path> files = Files.walk(DIST)) {
      List<Path> kafka =
          files
              .filter(file -> file.getFileName().toString().matches("(kafka|rocks).*jar"))
              .toList();
      assertTrue(kafka.stream().allMatch(file -> file.startsWith(fleet)), kafka::toString);
      assertTrue(kafka.stream().noneMatch(file -> file.toString().contains("rocks")));
      assertFalse(kafka.isEmpty());
    }
  }
}
