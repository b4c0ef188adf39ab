package org.keywarden.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/policy.md shows only policies that compile, and names every word there is. */
final class DocumentationTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");

  private static String page() throws IOException {
    return Files.readString(Path.of("../docs/policy.md"));
  }

  static List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(page())
        .results()
        .map(MatchResult::group)
        .map(DocumentationTest::body)
        .toList();
  }

  private static String body(String fenced) {
    return fenced.substring("```yaml\n".length(), fenced.length() - "```".length());
  }

  @Test
  void thereAreExamples() throws IOException {
    assertEquals(5, examples().size());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleCompiles(String example) throws PolicyException {
    CompiledPolicy.compile(example, "docs/policy.md");
  }

  @ParameterizedTest
  @ValueSource(strings = {"field.purpose", "field.hints", "plugin.rights"})
  void everyWordIsNamed(String fact) throws IOException {
    String page = page();
    for (String word : Vocabulary.of(fact).orElseThrow()) {
      assertTrue(page.contains("`" + word + "`"), word);
    }
  }

  @Test
  void everyFactIsNamed() throws IOException {
    String page = page();
    Activation.of(PolicyTexts.field("email"))
        .forEach(
            (subject, facts) ->
                ((Map<?, ?>) facts)
                    .keySet()
                    .forEach(
                        fact ->
                            assertTrue(
                                page.contains("| `" + subject + "." + fact + "` |"),
                                subject + "." + fact)));
  }
}
