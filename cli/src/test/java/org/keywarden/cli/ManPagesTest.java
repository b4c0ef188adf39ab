package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Manual pages have what the help has. */
final class ManPagesTest {
  private final Map<String, String> pages = ManPages.of(Main.commandLine(false));

  @Test
  void everyCommandHasOne() {
    for (String name : List.of("keywarden", "keywarden-run", "keywarden-policy-explain")) {
      String page = pages.getOrDefault(name, "");
      assertTrue(page.startsWith(".TH " + name.toUpperCase(Locale.ROOT)), name);
      for (String section : List.of("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "SEE ALSO")) {
        assertTrue(page.contains("\n.SH " + section + "\n"), name + " has no " + section);
      }
    }
  }

  @Test
  void optionsAreExplained() {
    String run = pages.getOrDefault("keywarden-run", "");
    assertTrue(run.contains("\n\\fB\\-\\-ime\\fR \\fIID\\fR\nThe input method to begin with"), run);
    assertTrue(run.contains("$XDG_RUNTIME_DIR/keywarden"), run);
  }

  @Test
  void nothingIsLeftOfTheHelpsOwnMarkup() {
    pages.forEach(
        (name, page) -> {
          assertFalse(page.contains("${") || page.contains("%n") || page.contains("@|"), name);
          assertEquals(page.strip() + "\n", page, name);
        });
  }
}
