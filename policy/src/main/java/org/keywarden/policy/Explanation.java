package org.keywarden.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a policy decides as it does.
 *
 * @param decision what the policy says
 * @param secret whether the field is secret, so that the policy is not asked
 * @param rules all rules in their order
 */
public record Explanation(Decision decision, boolean secret, List<RuleReport> rules) {
  /** Holds for every field and every policy. */
  public static final String SECRET_RULE = "secret fields are guarded whatever the policy says";

  /** What stands for a rule's name where a secret field is not put to the rules at all. */
  public static final String SECRET_FIELD = "secret-field";

  public Explanation {
    rules = List.copyOf(rules);
  }

  /** How a rule took part. */
  public enum Outcome {
    /** The first rule whose condition holds. */
    DECIDES,
    DOES_NOT_MATCH,
    /** Its condition holds, but a rule above decided. */
    MATCHES_TOO_LATE,
    /** Its condition could not be evaluated, so the field is guarded. */
    FAILED_AND_GUARDS,
    /** Its condition could not be evaluated, but a rule above decided. */
    FAILED_TOO_LATE
  }

  /**
   * One rule.
   *
   * @param line of its name in the file, from 1
   * @param condition as written; null means always
   * @param reason one phrase
   */
  public record RuleReport(
      String name, int line, @Nullable String condition, Outcome outcome, String reason) {}

  /** Several lines for a person to read, without a line end after the last. */
  public String text() {
    String lines = rules.stream().map(this::line).collect(Collectors.joining("\n"));
    String verdict =
        secret
            ? "guard: this field is secret; " + SECRET_RULE
            : describe(decision) + "\nnote: " + SECRET_RULE;
    return lines + "\n" + verdict;
  }

  List<CompiledPolicy.RuleVerdict> verdicts() {
    List<CompiledPolicy.RuleVerdict> verdicts = new ArrayList<>();
    if (secret) {
      verdicts.add(new CompiledPolicy.RuleVerdict(SECRET_FIELD, true, SECRET_RULE));
    }
    for (RuleReport rule : rules) {
      verdicts.add(
          new CompiledPolicy.RuleVerdict(rule.name(), !secret && decides(rule), rule.reason()));
    }
    if (decision.rule().equals(CompiledPolicy.DEFAULT_DENY)) {
      verdicts.add(
          new CompiledPolicy.RuleVerdict(
              CompiledPolicy.DEFAULT_DENY, !secret, "no rule holds, so the field is guarded"));
    }
    return List.copyOf(verdicts);
  }

  private static boolean decides(RuleReport rule) {
    return switch (rule.outcome()) {
      case DECIDES, FAILED_AND_GUARDS -> true;
      case DOES_NOT_MATCH, MATCHES_TOO_LATE, FAILED_TOO_LATE -> false;
    };
  }

  private String line(RuleReport rule) {
    return (!secret && decides(rule) ? "=> " : "   ")
        + rule.name()
        + " (line "
        + rule.line()
        + "): "
        + rule.reason();
  }

  private static String describe(Decision decision) {
    return switch (decision) {
      case Decision.Guard guard -> "guard: decided by " + guard.rule();
      case Decision.Direct direct -> "direct: decided by " + direct.rule();
      case Decision.Compose compose ->
          "compose: decided by "
              + compose.rule()
              + "; rights "
              + compose.rights().stream()
                  .sorted()
                  .map(Vocabulary::word)
                  .collect(Collectors.joining(", "))
              + "; lifetime "
              + compose.lifetime().toSeconds()
              + " s; learning "
              + (compose.learning() ? "yes" : "no");
    };
  }
}
