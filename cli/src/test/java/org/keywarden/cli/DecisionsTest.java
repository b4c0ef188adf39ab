package org.keywarden.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions have one form and an index. */
final class DecisionsTest {
  private static final Path FOLDER = Documents.ROOT.resolve("docs/decisions");
  private static final Pattern FORM =
      Pattern.compile(
          "\\A# [^\\d\\n][^\\n]*\\n\\n"
              + "\\*\\*Context\\.\\*\\* .*?\\n\\n"
              + "\\*\\*Decision\\.\\*\\*[ \\n].*?\\n\\n"
              + "(\\*\\*\\w+\\.\\*\\* .*?\\n\\n)*?"
              + "\\*\\*Rejected\\.\\*\\*[ \\n].*\\z",
          Pattern.DOTALL);
  private static final Pattern ROW = Pattern.compile("\\| \\[\\d{4}\\]\\(.*");

  static List<Path> decisions() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> !file.endsWith("README.md")).sorted().toList();
    }
  }

  private static List<String> rows() throws IOException {
    return Files.readAllLines(FOLDER.resolve("README.md")).stream()
        .filter(ROW.asMatchPredicate())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void aDecisionHasTheForm(Path file) throws IOException {
    assertTrue(file.getFileName().toString().matches("\\d{4}(-[a-z0-9]+)+\\.md"), file::toString);
    assertTrue(
        FORM.matcher(Files.readString(file)).matches(),
        () -> file + ": a title without a number, then **Context.**, **Decision.**, **Rejected.**");
  }

  @ParameterizedTest
  @MethodSource("decisions")
  void aDecisionIsInTheIndex(Path file) throws IOException {
    String name = file.getFileName().toString();
    String title = Files.readAllLines(file).getFirst().substring(2);
    String row = "| [" + name.substring(0, 4) + "](" + name + ") | " + title + " | ";
    List<String> found = rows().stream().filter(each -> each.startsWith(row)).toList();
    assertEquals(
        1, found.size(), () -> "docs/decisions/README.md lacks: " + row + "why it matters |");
    assertTrue(found.getFirst().length() > row.length() + 10, row);
  }

  @Test
  void theIndexNamesNothingElse() throws IOException {
    assertEquals(decisions().size(), rows().size());
  }

  @Test
  void eachNumberIsTakenOnce() throws IOException {
    List<String> numbers =
        decisions().stream().map(file -> file.getFileName().toString().substring(0, 4)).toList();
    assertEquals(numbers.stream().distinct().toList(), numbers);
  }
}
