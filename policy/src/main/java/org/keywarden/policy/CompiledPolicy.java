package org.keywarden.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keywarden.policy.CompiledRule.Truth;

/** A policy file in force. Immutable, pure and thread-safe. */
public final class CompiledPolicy implements RoutePolicy {
  /** What decides when no rule does; a rule cannot have this name. */
  public static final String DEFAULT_DENY = "default-deny";

  private static final String STANDARD = "default-policy.yaml";

  private final List<CompiledRule> rules;
  private final byte[] digest;

  /**
   * What became of one rule, in a line of a table.
   *
   * @param note why
   */
  public record RuleVerdict(String rule, boolean decides, String note) {}

  CompiledPolicy(List<CompiledRule> rules, byte[] digest) {
    this.rules = List.copyOf(rules);
    this.digest = digest.clone();
  }

  /**
   * Compiles a policy file.
   *
   * @param name of the file, for messages only
   * @throws PolicyException with every problem found
   */
  public static CompiledPolicy compile(String source, String name) throws PolicyException {
    return compile(source.getBytes(StandardCharsets.UTF_8), name);
  }

  /** Like {@link #compile(String, String)}, of the bytes of a file, which must be UTF-8. */
  public static CompiledPolicy compile(byte[] source, String name) throws PolicyException {
    return new PolicyCompiler(name).compile(source);
  }

  /** The policy that applies where the user has none. */
  public static CompiledPolicy standard() {
    try {
      return compile(standardSource(), STANDARD);
    } catch (PolicyException e) {
      throw new IllegalStateException("the built-in policy is broken: " + e.getMessage(), e);
    }
  }

  /** The file of {@link #standard()}, commented, to start one's own from. */
  public static byte[] standardSource() {
    try (InputStream in = CompiledPolicy.class.getResourceAsStream(STANDARD)) {
      if (in == null) {
        throw new IllegalStateException("the built-in policy is missing from the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the built-in policy cannot be read", e);
    }
  }

  @Override
  public Decision decide(Facts facts) {
    Map<String, Object> activation = Activation.of(facts);
    for (CompiledRule rule : rules) {
      Optional<Decision> decision = rule.decide(rule.evaluate(activation), facts.plugin());
      if (decision.isPresent()) {
        return decision.get();
      }
    }
    return new Decision.Guard(DEFAULT_DENY);
  }

  @Override
  public byte[] digest() {
    return digest.clone();
  }

  /** Why {@link #decide} decides as it does; evaluates the rules after the deciding one too. */
  public Explanation explanation(Facts facts) {
    Map<String, Object> activation = Activation.of(facts);
    List<Explanation.RuleReport> reports = new ArrayList<>();
    Optional<Decision> decided = Optional.empty();
    for (CompiledRule rule : rules) {
      Truth truth = rule.evaluate(activation);
      reports.add(
          new Explanation.RuleReport(
              rule.name(),
              rule.line(),
              rule.condition(),
              outcome(truth, decided),
              reason(truth, decided)));
      if (decided.isEmpty()) {
        decided = rule.decide(truth, facts.plugin());
      }
    }
    return new Explanation(
        decided.orElse(new Decision.Guard(DEFAULT_DENY)),
        SecretFields.isSecret(facts.field()),
        reports);
  }

  /** {@link #explanation} as a table: all rules, and what decides if it is none of them. */
  public List<RuleVerdict> explain(Facts facts) {
    return explanation(facts).verdicts();
  }

  private static Explanation.Outcome outcome(Truth truth, Optional<Decision> decided) {
    boolean open = decided.isEmpty();
    return switch (truth) {
      case Truth.Holds holds ->
          open ? Explanation.Outcome.DECIDES : Explanation.Outcome.MATCHES_TOO_LATE;
      case Truth.DoesNotHold none -> Explanation.Outcome.DOES_NOT_MATCH;
      case Truth.Failed failed ->
          open ? Explanation.Outcome.FAILED_AND_GUARDS : Explanation.Outcome.FAILED_TOO_LATE;
    };
  }

  private static String reason(Truth truth, Optional<Decision> decided) {
    String late = decided.map(by -> "; \"" + by.rule() + "\" above decides first").orElse("");
    return switch (truth) {
      case Truth.Holds holds ->
          decided.isEmpty() ? "the first whose condition holds" : "its condition holds" + late;
      case Truth.DoesNotHold none -> "its condition does not hold";
      case Truth.Failed failed ->
          "its condition cannot be evaluated ("
              + failed.reason()
              + ")"
              + (decided.isEmpty() ? ", so the field is guarded" : late);
    };
  }
}
