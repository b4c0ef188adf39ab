package org.keywarden.engine.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.Component;
import org.keywarden.ibus.component.EngineDescription;

final class ListingTest {
  @TempDir Path directory;

  private List<String> list(String script, Duration limit) throws Exception {
    Path program = Files.writeString(directory.resolve("list"), "#!/bin/sh\n" + script);
    program.toFile().setExecutable(true);
    EngineDescription own = new EngineDescription("own", "", "", "", "", "", 0, "");
    return new Listing(Map.of("PATH", "/usr/bin:/bin", "WORD", "two"), directory, limit)
        .of(new Component("x", "y", List.of(own), program + " '<engines>'", List.of())).stream()
            .map(EngineDescription::name)
            .toList();
  }

  @Test
  void whatTheProgramListsFollowsWhatTheFileHas() throws Exception {
    assertEquals(
        List.of("own", "one", "two"),
        list(
            "echo \"$1<engine><name>one</name></engine><engine><name>$WORD</name></engine></engines>\"",
            Duration.ofSeconds(20)));
  }

  @Test
  void aProgramThatNeverEndsIsKilled() {
    BadComponent refused =
        assertThrows(BadComponent.class, () -> list("sleep 1000 & wait", Duration.ofMillis(200)));
    assertEquals("its engines were not listed within 0 s", refused.getMessage());
  }

  @Test
  void aProgramThatPrintsWithoutEndIsStopped() {
    BadComponent refused =
        assertThrows(BadComponent.class, () -> list("yes", Duration.ofSeconds(20)));
    assertEquals("larger than 2048 KiB", refused.getMessage());
  }
}
