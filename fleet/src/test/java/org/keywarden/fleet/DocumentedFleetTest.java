package org.keywarden.fleet;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands that the page for organisations shows are commands. */
final class DocumentedFleetTest {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)(?:^|`|=\\S*)(?:\\./)?keywarden(?: |-)fleet ((?:agent|verify|alerts|demo)[^`\n#]*)");

  @Test
  void theyAndTheirOptionsExist() throws IOException {
    String page = Files.readString(Path.of("../docs/organisation.md"));
    List<String> commands = COMMAND.matcher(page).results().map(each -> each.group(1)).toList();
    assertTrue(commands.size() >= 5, commands::toString);
    for (String command : commands) {
      assertDoesNotThrow(
          () -> Main.commandLine().parseArgs(command.strip().split("\\s+")), () -> command);
    }
  }
}
