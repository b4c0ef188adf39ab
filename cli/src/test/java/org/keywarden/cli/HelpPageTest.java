package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of help that the launcher script shows without a JDK. */
final class HelpPageTest {
  private static final Path PAGE = Path.of("src/main/launcher/help.txt");
  private static final Pattern OWN_COMMANDS = Pattern.compile("(?m)^  (test \\|.*)\\)$");

  @Test
  void itIsWhatTheCommandItselfSays() throws IOException {
    assertEquals(
        Main.commandLine(false).getUsageMessage(),
        Files.readString(PAGE),
        "write that into " + PAGE);
  }

  @Test
  void itHasTheScriptsOwnCommands() throws IOException {
    Matcher own = OWN_COMMANDS.matcher(Files.readString(Path.of("../keywarden")));
    assertTrue(own.find(), "the script's own commands");
    List<String> lines = Files.readAllLines(PAGE);
    for (String command : List.of(own.group(1).split(" \\| ", -1))) {
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("  " + command + " ")), command);
    }
  }
}
