package org.keywarden.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keywarden.policy.PolicyTexts.field;
import static org.keywarden.policy.PolicyTexts.refused;
import static org.keywarden.policy.PolicyTexts.refusedWhen;
import static org.keywarden.policy.PolicyTexts.when;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Policies at the edge of what they may be, and everything that is told of one. */
final class PolicyEdgesTest {
  private static final String HEAD = "version: 1\nrules:\n";

  private static String matches(int length) {
    return "application.name.matches(\"" + "a".repeat(length) + "\")";
  }

  @Test
  void aPatternHasFiveHundredTwelveCharactersAndNoMore() throws PolicyException {
    when(matches(512));
    String told = String.valueOf(refusedWhen(matches(513)).getMessage());
    assertTrue(told.contains("a pattern may have at most 512 characters"), told);
  }

  @Test
  void aPatternOfSoManyStepsIsTakenAndOfNoMore() throws PolicyException {
    String pattern = "(?:a{1000}){2}";
    while (Pattern.compile(pattern).programSize() < Conditions.MAX_REGEX_PROGRAM) {
      pattern += "a";
    }
    assertEquals(Optional.empty(), Patterns.problem(pattern));
    assertTrue(Patterns.problem(pattern + "a").orElseThrow().contains("repeats too much"));
    when("application.name.matches(\"" + pattern + "\")").decide(field("email"));
  }

  @Test
  void twoRightsAreAboutKeysComingIn() {
    assertEquals(
        List.of(Right.RECEIVE_KEYS, Right.RECEIVE_RELEASES),
        Arrays.stream(Right.values()).filter(Right::bringsKeys).toList());
  }

  @Test
  void problemsAreToldInTheOrderOfTheFile() {
    PolicyException refused =
        refused(
            HEAD
                + "- {name: a, when: x, route: guard, learning: true}\n"
                + "- {name: a, when: y, route: guard}\n");
    List<String> places =
        refused.problems().stream().map(each -> each.line() + ":" + each.column()).toList();
    assertEquals(List.of("3:19", "3:46", "4:10", "4:19"), places);
  }

  @Test
  void aHundredProblemsAreTold() {
    StringBuilder rules = new StringBuilder(HEAD);
    for (int i = 0; i < 101; i++) {
      rules.append("- {name: r").append(i).append(", when: x, route: guard}\n");
    }
    List<?> problems = refused(rules.toString()).problems();
    assertEquals(100, problems.size());
  }

  @ParameterizedTest
  @EnumSource(Right.class)
  void eachRightIsTheOneWritten(Right right) throws PolicyException {
    String words =
        EnumSet.of(Right.RECEIVE_KEYS, right).stream()
            .map(Vocabulary::word)
            .collect(Collectors.joining(", "));
    CompiledPolicy policy =
        CompiledPolicy.compile(
            HEAD + "- {name: a, route: compose, rights: [" + words + "]}\n", "p");
    Set<Right> granted = ((Decision.Compose) policy.decide(field("email"))).rights();
    assertEquals(EnumSet.of(Right.RECEIVE_KEYS, right), granted);
  }

  // What is told of a policy.

  private static final String THREE =
      HEAD
          + "- {name: mail, when: field.purpose == \"email\", route: direct}\n"
          + "- {name: pages, when: field.purpose == \"url\", route: guard}\n"
          + "- {name: rest, route: compose, rights: [commit_text, receive_keys],"
          + " lifetime_seconds: 7, learning: false}\n";

  private static String text(String purpose) throws PolicyException {
    return CompiledPolicy.compile(THREE, "p").explanation(field(purpose)).text();
  }

  @Test
  void theWholeTextOfEachDecision() throws PolicyException {
    String note = "\nnote: secret fields are guarded whatever the policy says";
    assertEquals(
        """
        => mail (line 3): the first whose condition holds
           pages (line 4): its condition does not hold
           rest (line 5): its condition holds; "mail" above decides first
        direct: decided by mail"""
            + note,
        text("email"));
    assertEquals(
        """
           mail (line 3): its condition does not hold
        => pages (line 4): the first whose condition holds
           rest (line 5): its condition holds; "pages" above decides first
        guard: decided by pages"""
            + note,
        text("url"));
    assertEquals(
        """
           mail (line 3): its condition does not hold
           pages (line 4): its condition does not hold
        => rest (line 5): the first whose condition holds
        compose: decided by rest; rights receive_keys, commit_text; lifetime 7 s; learning no"""
            + note,
        text("name"));
  }

  @Test
  void learningIsTold() throws PolicyException {
    String text =
        CompiledPolicy.compile(HEAD + "- {name: a, route: compose}\n", "p")
            .explanation(field("email"))
            .text();
    assertTrue(text.contains("; lifetime 10 s; learning yes\n"), text);
  }

  @Test
  void conditionsAreToldAsWritten() throws PolicyException {
    List<String> conditions =
        CompiledPolicy.compile(THREE, "p").explanation(field("name")).rules().stream()
            .map(rule -> String.valueOf(rule.condition()))
            .toList();
    assertEquals(
        List.of("field.purpose == \"email\"", "field.purpose == \"url\"", "null"), conditions);
  }

  private static List<String> table(String source, String purpose, String... hints)
      throws PolicyException {
    return CompiledPolicy.compile(source, "p").explain(field(purpose, hints)).stream()
        .map(each -> each.rule() + " " + each.decides() + ": " + each.note())
        .toList();
  }

  @Test
  void aTableWithoutADecidingRuleEndsWithTheDefault() throws PolicyException {
    String never = HEAD + "- {name: never, when: session.locked, route: direct}\n";
    String none = "never false: its condition does not hold";
    assertEquals(
        List.of(none, "default-deny true: no rule holds, so the field is guarded"),
        table(never, "email"));
    assertEquals(
        List.of(
            "secret-field true: secret fields are guarded whatever the policy says",
            none,
            "default-deny false: no rule holds, so the field is guarded"),
        table(never, "password"));
  }

  @Test
  void whyAConditionCannotBeEvaluatedIsTold() throws PolicyException {
    String broken =
        HEAD
            + "- {name: broken, when: 'field.hints[7] == \"x\"', route: direct}\n"
            + "- {name: again, when: 'field.hints[8] == \"x\"', route: direct}\n";
    List<String> table = table(broken, "email");
    assertTrue(
        table.getFirst().startsWith("broken true: its condition cannot be evaluated (")
            && table.getFirst().endsWith("), so the field is guarded"),
        table.getFirst());
    assertTrue(table.getLast().endsWith("); \"broken\" above decides first"), table.getLast());
  }

  @Test
  void factsAreSortedForConditions() throws PolicyException {
    String hints =
        Arrays.stream(new String[] {"latin", "multiline", "private", "spellcheck"})
            .map(each -> '"' + each + '"')
            .collect(Collectors.joining(", ", "[", "]"));
    Facts facts = field("email", "spellcheck", "private", "multiline", "latin");
    assertEquals("it", when("field.hints == " + hints).decide(facts).rule());
    assertEquals(
        "it",
        when("plugin.rights[0] == \"receive_keys\" && plugin.rights[2] == \"commit_text\"")
            .decide(facts)
            .rule());
  }
}
