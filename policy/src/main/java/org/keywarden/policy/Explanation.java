package org.keywarden.policy;

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
    String lines = rules.stream().map(Explanation::line).collect(Collectors.joining("\n"));
    String verdict =
        secret
            ? "guard: this field is secret; " + SECRET_RULE
            : describe(decision) + "\nnote: " + SECRET_RULE;
    return lines + "\n" + verdict;
  }

  private static String line(RuleReport rule) {
    String mark =
        switch (rule.outcome()) {
          case DECIDES, FAILED_AND_GUARDS -> "=> ";
          case DOES_NOT_MATCH, MATCHES_TOO_LATE, FAILED_TOO_LATE -> "   ";
        };
    return mark + rule.name() + " (line " + rule.line() + "): " + rule.reason();
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
