package org.keywarden.conformance.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProbesTest {
  @Test
  void theDocumentationListsEveryProbeAndNoOther() throws IOException {
    Path page = Path.of(System.getProperty("keywarden.docs", ""), "sandbox-probes.md");
    List<String> listed =
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .map(line -> line.split(" *\\| *", 4))
            .map(cells -> cells[1] + ": " + cells[2])
            .toList();
    assertEquals(
        Probes.all().stream().map(probe -> probe.name() + ": " + probe.expected()).toList(),
        listed);
  }

  @Test
  void everyNameIsUnique() {
    List<String> names = Probes.all().stream().map(Probe::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
  }
}
