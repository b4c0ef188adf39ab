package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class CatalogueTest {
  @Test
  void theDocumentationListsEveryAttackAndNoOther() throws IOException {
    Path page = Path.of(System.getProperty("keywarden.docs", ""), "conformance.md");
    String listed =
        Files.readAllLines(page).stream()
            .filter(line -> line.startsWith("| G"))
            .collect(Collectors.joining("\n"));
    assertEquals(rows(), listed, () -> page + ": put these rows there:\n" + rows());
  }

  @Test
  void everyNameIsUnique() {
    List<String> names = Conformance.catalogue().stream().map(Attack::name).toList();
    assertEquals(names.stream().distinct().toList(), names);
  }

  private static String rows() {
    return Conformance.catalogue().stream()
        .map(a -> "| " + a.guarantee() + " | " + a.name() + " | " + a.description() + " |")
        .collect(Collectors.joining("\n"));
  }
}
