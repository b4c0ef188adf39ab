package org.keywarden.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompiledPolicyTest {
  private static final PluginFacts PLUGIN =
      new PluginFacts("ime", List.of("ja"), EnumSet.allOf(Right.class));

  private static Facts facts(
      String purpose,
      String hint,
      boolean announced,
      String name,
      String executable,
      boolean allowed,
      boolean locked) {
    Set<String> hints = hint.isEmpty() ? Set.of() : Set.of(hint);
    return new Facts(
        new FieldFacts(purpose, hints, announced),
        new ApplicationFacts(name, executable, allowed),
        PLUGIN,
        new SessionFacts(locked));
  }

  @ParameterizedTest
  @CsvSource({
    "free_form, '', true, app, '', false, false, announced, Compose",
    "free_form, '', true, app, '', false, true, locked, Guard",
    "free_form, private, true, app, '', false, false, private, Compose",
    "terminal, '', true, app, '', false, false, terminal, Compose",
    "free_form, '', false, app, '', false, false, unannounced, Guard",
    "free_form, '', false, app, '', true, false, allowed, Compose",
    "free_form, '', false, app, /usr/lib/chromium/chromium, false, false, self-protecting, Compose",
    "free_form, '', false, app, /tmp/notchromium, false, false, unannounced, Guard",
    "free_form, '', false, QIBusInputContext, '', false, false, self-protecting, Compose",
    "free_form, '', false, xim, /usr/bin/xterm, false, false, unannounced, Guard",
  })
  void theDefaultPolicyDecides(
      String purpose,
      String hint,
      boolean announced,
      String name,
      String executable,
      boolean allowed,
      boolean locked,
      String rule,
      String kind) {
    Decision decision =
        CompiledPolicy.standard()
            .decide(facts(purpose, hint, announced, name, executable, allowed, locked));
    assertEquals(rule, decision.rule());
    assertEquals(kind, decision.getClass().getSimpleName());
  }

  @Test
  void aTerminalKeepsItsScreenToItself() {
    Decision decision =
        CompiledPolicy.standard().decide(facts("terminal", "", true, "app", "", false, false));
    Set<Right> rights = ((Decision.Compose) decision).rights();
    assertTrue(
        !rights.contains(Right.READ_SURROUNDING) && !rights.contains(Right.DELETE_SURROUNDING));
  }

  @Test
  void privateFieldsAreNotLearned() {
    Decision decision =
        CompiledPolicy.standard()
            .decide(facts("free_form", "private", true, "app", "", false, false));
    assertEquals(false, ((Decision.Compose) decision).learning());
  }

  @Test
  void withoutAMatchTheFieldIsGuarded() throws PolicyException {
    CompiledPolicy policy =
        compile("version: 1\nrules:\n  - name: never\n    when: 'false'\n    route: compose\n");
    Facts facts = facts("free_form", "", true, "app", "", false, false);
    assertEquals(new Decision.Guard(CompiledPolicy.DEFAULT_DENY), policy.decide(facts));
    assertEquals(
        List.of("never", CompiledPolicy.DEFAULT_DENY),
        policy.explain(facts).stream().map(CompiledPolicy.RuleVerdict::rule).toList());
  }

  @Test
  void aConditionThatCannotBeEvaluatedGuards() throws PolicyException {
    CompiledPolicy policy =
        compile(
            "version: 1\nrules:\n  - name: broken\n    when: 'field.hints[7] == \"x\"'\n    route: compose\n");
    assertEquals(
        new Decision.Guard("broken"),
        policy.decide(facts("free_form", "", true, "app", "", false, false)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version: 1~rules:~  - name: a~    when: field.purpse == 'x'~    route: guard|p:4:",
        "version: 1~rules:~  - name: a~    when: field.purpose~    route: guard|p:4:",
        "version: 2~rules:~  - name: a~    route: guard|p:1:",
        "version: 1~rules:~  - name: a~    rute: guard|p:",
        "version: 1~rules:~  - name: a~    route: open|p:4:",
        "version: 1~rules: []|p:2:",
      })
  void aPolicyThatCannotBeUsedSaysWhere(String source, String place) {
    PolicyException refused =
        assertThrows(PolicyException.class, () -> compile(source.replace('~', '\n') + "\n"));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(place), refused.getMessage());
  }

  private static CompiledPolicy compile(String source) throws PolicyException {
    return CompiledPolicy.compile(source.getBytes(UTF_8), "p");
  }
}
