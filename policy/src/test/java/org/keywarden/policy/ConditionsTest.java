package org.keywarden.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keywarden.policy.PolicyTexts.field;
import static org.keywarden.policy.PolicyTexts.refused;
import static org.keywarden.policy.PolicyTexts.refusedWhen;
import static org.keywarden.policy.PolicyTexts.when;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of conditions: what holds, what is refused where, and what it may cost. */
final class ConditionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "field.purpose == \"email\"",
        "field.purpose in [\"email\", \"url\"]",
        "\"latin\" in field.hints && size(field.hints) == 2",
        "field.hints.exists(h, h == \"private\")",
        "field.hints.exists_one(h, h.startsWith(\"priv\"))",
        "field.hints.all(h, h != \"multiline\")",
        "has(field.purpose)",
        "plugin.languages[1] == \"zh-Hant\"",
        "plugin.id.endsWith(\".ime\") && plugin.id.contains(\"example\")",
        "\"forward_key\" in plugin.rights",
        "application.name.matches(\"^gtk[34]-im:\")",
        "application.executable.matches(\"gedit\")",
        "!session.locked && (application.allowed ? false : true)",
        "plugin.languages[9] == \"ja\" || field.announced",
      })
  void holds(String condition) throws PolicyException {
    assertInstanceOf(
        Decision.Compose.class, when(condition).decide(field("email", "latin", "private")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"field.purpose == \"url\"", "application.executable.matches(\"^gedit\")", "false"})
  void doesNotHold(String condition) throws PolicyException {
    assertEquals(
        new Decision.Guard(CompiledPolicy.DEFAULT_DENY), when(condition).decide(field("email")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "field.purpse == \"email\"                  | 4:17 | undefined field 'purpse'",
        "session.locked && feild.announced          | 4:30 | undeclared reference to 'feild'",
        "field.purpose                              | 4:17 | bool",
        "field.purpose == true                      | 4:26 | no matching overload",
        "session.locked &&                          | 4:     | mismatched input",
        "dyn(field).purpse == \"x\"                 | 4:15 | undeclared reference to 'dyn'",
        "type(field) == type(field)                 | 4:16 | undeclared reference to 'type'",
        "timestamp(\"2026-01-01T00:00:00Z\") == timestamp(\"2026-01-01T00:00:00Z\") | 4:21 | undeclared",
        "plugin.languages.map(l, l + l) == []       | 4:     | undeclared reference",
        "keywarden.Field{purpose: \"x\"} == field   | 4:     | only lists",
        "{\"a\": 1}[\"a\"] == 1                     | 4:12 | only lists",
        "field.purpose == \"emial\"                 | 4:29 | \"emial\" is none of free_form",
        "\"emial\" != field.purpose                 | 4:12 | is none of",
        "field.purpose in [\"email\", \"uri\"]      | 4:39 | \"uri\" is none of",
        "\"privat\" in field.hints                  | 4:12 | \"privat\" is none of",
        "\"recieve_keys\" in plugin.rights          | 4:12 | is none of receive_keys",
        "application.name.matches(\"(\")            | 4:37 | not a pattern",
        "application.name.matches(\"(a)\\\\1\")     | 4:37 | not a pattern",
        "application.name.matches(\"((a{99}){99}){9}\") | 4:37 | pattern",
        "application.name.matches(plugin.id)        | 4:     | written out",
        "matches(application.name, plugin.id)       | 4:     | written out",
      })
  void isRefused(String condition, String place, String reason) {
    // The condition is in single quotes, so it starts one column after the quote: at 12.
    String told = String.valueOf(refusedWhen(condition).getMessage());
    assertTrue(
        told.lines().anyMatch(line -> line.startsWith("p:" + place) && line.contains(reason)),
        told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|~      session.locked ||~      field.purpse == \"x\"~ ; p:6:12",
        ">-~      session.locked~~      || field.purpse == \"x\"~ ; p:7:15",
        "session.locked ||~      field.purpse == \"x\"~ ; p:5:12",
      })
  void thePlaceIsThatInTheFile(String written, String place) {
    String source =
        "version: 1\nrules:\n  - name: it\n    when: "
            + written.replace('~', '\n')
            + "\n    route: guard\n";
    String told = String.valueOf(refused(source).getMessage());
    assertTrue(told.startsWith(place + ": "), told);
  }

  @Test
  void whatCannotBeEvaluatedGuards() throws PolicyException {
    assertEquals(
        new Decision.Guard("it"), when("plugin.languages[9] == \"ja\"").decide(field("email")));
  }

  @Test
  void loopsAreBounded() throws PolicyException {
    String list =
        IntStream.range(0, 100)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "[", "]"));
    String condition = list + ".all(a, " + list + ".all(b, " + list + ".all(c, a + b + c >= 0)))";
    CompiledPolicy policy = when(condition);
    Decision decision = assertTimeout(Duration.ofSeconds(5), () -> policy.decide(field("email")));
    assertEquals(new Decision.Guard("it"), decision);
  }

  @Test
  void patternsTakeLinearTime() throws PolicyException {
    CompiledPolicy policy = when("application.name.matches(\"^(a+)+$\")");
    Facts facts =
        new Facts(
            field("email").field(),
            new ApplicationFacts("a".repeat(50_000) + "!", "", false),
            PolicyTexts.PLUGIN,
            new SessionFacts(false));
    assertEquals(
        new Decision.Guard(CompiledPolicy.DEFAULT_DENY),
        assertTimeout(Duration.ofSeconds(5), () -> policy.decide(facts)));
  }

  @Test
  void theDeepestAndTheLongestAreRefused() throws PolicyException {
    when("(".repeat(20) + "true" + ")".repeat(20));
    refusedWhen("(".repeat(2_000) + "true" + ")".repeat(2_000));
    refusedWhen("[".repeat(40) + "]".repeat(40) + " == []");
    when("true" + " ".repeat(4_092));
    refusedWhen("true" + " ".repeat(4_093));
    refusedWhen("[" + "0,".repeat(1_100) + "0] == [0]");
  }
}
