package org.keywarden.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keywarden.policy.PolicyTexts.field;
import static org.keywarden.policy.PolicyTexts.refused;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules beyond their conditions. */
final class PolicyCompilerTest {
  private static final String HEAD = "version: 1\nrules:\n";

  @Test
  void everythingLeftOutHasItsDefault() throws Exception {
    CompiledPolicy policy = CompiledPolicy.compile(HEAD + "- {name: a, route: compose}\n", "p");
    assertEquals(
        new Decision.Compose("a", Set.of(Right.values()), Duration.ofSeconds(10), true),
        policy.decide(field("email")));
  }

  @Test
  void everythingWrittenIsKept() throws Exception {
    CompiledPolicy policy =
        CompiledPolicy.compile(
            HEAD
                + "- {name: a, route: compose, rights: [receive_keys, commit_text],"
                + " lifetime_seconds: 3, learning: false}\n",
            "p");
    assertEquals(
        new Decision.Compose(
            "a", Set.of(Right.RECEIVE_KEYS, Right.COMMIT_TEXT), Duration.ofSeconds(3), false),
        policy.decide(field("email")));
  }

  @Test
  void aPluginGetsNothingItDoesNotAskFor() throws Exception {
    CompiledPolicy policy =
        CompiledPolicy.compile(
            HEAD + "- {name: a, route: compose, rights: [receive_keys, commit_text]}\n", "p");
    PluginFacts modest =
        new PluginFacts("m", List.of(), Set.of(Right.RECEIVE_KEYS, Right.SET_PREEDIT));
    Facts any = field("email");
    Facts facts = new Facts(any.field(), any.application(), modest, any.session());
    assertEquals(Set.of(Right.RECEIVE_KEYS), ((Decision.Compose) policy.decide(facts)).rights());
  }

  @Test
  void directIsDirect() throws Exception {
    assertEquals(
        new Decision.Direct("a"),
        CompiledPolicy.compile(HEAD + "- {name: a, route: direct}\n", "p").decide(field("email")));
  }

  @Test
  void theDigestIsThatOfTheFile() throws Exception {
    String source = HEAD + "- {name: a, route: direct} # \u00e9\n";
    CompiledPolicy policy = CompiledPolicy.compile(source, "p");
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(source.getBytes(UTF_8));
    assertArrayEquals(expected, policy.digest());
    policy.digest()[0]++;
    assertArrayEquals(expected, policy.digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Empty must not mean everything.
        "- {name: a, route: compose, rights: []}          | p:3:37: rights must have receive_keys",
        "- {name: a, route: compose, rights: [commit_text]} | p:3:37: rights must have receive_keys",
        "- {name: a, route: compose, when: ''}            | p:3:35: when is empty",
        "- {name: a, route: compose, when: ' '}           | p:3:35: when is empty",
        "- {name: a, route: guard, rights: [receive_keys]} | p:3:35: rights goes with route: compose",
        "- {name: a, route: direct, learning: false}      | p:3:38: learning goes with route: compose",
        "- {name: a, route: guard, lifetime_seconds: 1}   | p:3:45: lifetime_seconds goes with",
        "- {name: default-deny, route: guard}             | p:3:10: the name default-deny",
        "- {name: a, when: session.locked, route: guard}~- {name: a, route: guard} | p:4:10: the rule in line 3 has this name",
        "- {name: a, route: guard}~- {name: b, route: guard} | p:4:10: this rule is never reached: \"a\" above",
        "- {name: a}                                      | route is missing",
        "- {name: a, route: open}                         | p:3:20: route cannot be \"open\"",
        "- {name: a, route: guard, tokens: 1}             | p:3:27: unknown key \"tokens\"",
      })
  void isRefused(String rules, String message) {
    String told = String.valueOf(refused(HEAD + rules.replace('~', '\n') + "\n").getMessage());
    assertTrue(told.contains(message), told);
  }

  @Test
  void allProblemsAreTold() {
    PolicyException refused =
        refused(
            HEAD
                + "- {name: a, when: x, route: guard, learning: true}\n"
                + "- {name: a, when: 'field.purpse == \"\"', route: guard}\n");
    assertEquals(
        List.of(3, 3, 4, 4), refused.problems().stream().map(each -> each.line()).toList());
  }

  @Test
  void rulesAreCounted() throws Exception {
    String rule = "- {name: r%d, when: session.locked, route: guard}\n";
    StringBuilder source = new StringBuilder(HEAD);
    for (int i = 0; i < 256; i++) {
      source.append(rule.formatted(i));
    }
    CompiledPolicy.compile(source.toString(), "p");
    assertTrue(
        String.valueOf(refused(source + rule.formatted(256)).getMessage())
            .startsWith("p:3:1: rules: "));
  }
}
