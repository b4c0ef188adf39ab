package org.keywarden.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.keywarden.policy.PolicyTexts.field;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.policy.CompiledPolicy.RuleVerdict;
import org.keywarden.policy.Explanation.Outcome;

/** Explanations name each rule and agree with the decision. */
final class ExplanationTest {
  private CompiledPolicy policy;

  @BeforeEach
  void compile() throws PolicyException {
    policy =
        CompiledPolicy.compile(
            """
            version: 1
            rules:
              - name: mail
                when: field.purpose == "email"
                route: direct
              - name: broken
                when: plugin.languages[9] == "x" && field.purpose != "url"
                route: compose
              - name: rest
                when: field.announced
                route: compose
            """,
            "p");
  }

  private List<Outcome> outcomes(Facts facts) {
    Explanation explanation = policy.explanation(facts);
    assertEquals(policy.decide(facts), explanation.decision());
    return explanation.rules().stream().map(Explanation.RuleReport::outcome).toList();
  }

  @Test
  void theFirstThatHoldsDecides() {
    assertEquals(
        List.of(Outcome.DECIDES, Outcome.FAILED_TOO_LATE, Outcome.MATCHES_TOO_LATE),
        outcomes(field("email")));
    assertEquals(
        List.of(Outcome.DOES_NOT_MATCH, Outcome.DOES_NOT_MATCH, Outcome.DECIDES),
        outcomes(field("url")));
  }

  @Test
  void aFailureDecidesToo() {
    assertEquals(
        List.of(Outcome.DOES_NOT_MATCH, Outcome.FAILED_AND_GUARDS, Outcome.MATCHES_TOO_LATE),
        outcomes(field("phone")));
  }

  @Test
  void theTextNamesRulesLinesAndReasons() {
    String text = policy.explanation(field("url")).text();
    assertTrue(text.contains("   mail (line 3): its condition does not hold"), text);
    assertTrue(text.contains("=> rest (line 9): the first whose condition holds"), text);
    assertTrue(text.contains("compose: decided by rest; rights receive_keys, "), text);
    assertTrue(text.endsWith("note: secret fields are guarded whatever the policy says"), text);
    String late = policy.explanation(field("email")).text();
    assertTrue(late.contains("its condition holds; \"mail\" above decides first"), late);
  }

  @ParameterizedTest
  @CsvSource({
    "password, latin",
    "pin, latin",
    "unknown, latin",
    "email, hidden_text",
    "url, sensitive"
  })
  void secretFieldsAreNotPutToTheRules(String purpose, String hint) {
    Explanation explanation = policy.explanation(field(purpose, hint));
    assertTrue(explanation.secret());
    assertFalse(explanation.text().contains("=>"), explanation.text());
    assertTrue(
        explanation
            .text()
            .endsWith(
                "guard: this field is secret; secret fields are guarded whatever the policy says"));
    List<RuleVerdict> verdicts = policy.explain(field(purpose, hint));
    assertEquals(
        List.of(Explanation.SECRET_FIELD),
        verdicts.stream().filter(RuleVerdict::decides).map(RuleVerdict::rule).toList());
  }

  @Test
  void theTableHasEveryRuleAndOneThatDecides() {
    assertEquals(
        List.of("mail false", "broken false", "rest true"),
        policy.explain(field("url")).stream()
            .map(each -> each.rule() + " " + each.decides())
            .toList());
  }
}
