package org.keywarden.policy;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.policy.v1.Policy;
import org.keywarden.proto.policy.v1.Rule;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.Position;
import org.keywarden.proto.yaml.YamlMessages;
import org.keywarden.proto.yaml.YamlPositions;

/**
 * A policy read from YAML ({@code keywarden.policy.v1.Policy}), its conditions compiled. The first
 * rule that holds decides.
 */
public final class CompiledPolicy implements RoutePolicy {
  /** What decides when no rule does. */
  public static final String DEFAULT_DENY = "default-deny";

  private static final Duration LIFETIME = Duration.ofSeconds(10);

  private record CompiledRule(Rule rule, @Nullable Condition condition) {}

  /**
   * What became of one rule.
   *
   * @param note why
   */
  public record RuleVerdict(String rule, boolean decides, String note) {}

  private final List<CompiledRule> rules;
  private final byte[] digest;

  private CompiledPolicy(List<CompiledRule> rules, byte[] digest) {
    this.rules = List.copyOf(rules);
    this.digest = digest;
  }

  /** The built-in policy, {@code default-policy.yaml} beside this class. */
  public static CompiledPolicy standard() {
    try (InputStream source = CompiledPolicy.class.getResourceAsStream("default-policy.yaml")) {
      if (source == null) {
        throw new IllegalStateException("the built-in policy is missing from the installation");
      }
      return compile(source.readAllBytes(), "default-policy.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (PolicyException e) {
      throw new IllegalStateException("the built-in policy is damaged", e);
    }
  }

  /**
   * Reads a policy.
   *
   * @param name for messages
   * @throws PolicyException if it cannot be used, with every problem found
   */
  public static CompiledPolicy compile(byte[] source, String name) throws PolicyException {
    Policy.Builder policy = Policy.newBuilder();
    YamlPositions places;
    try {
      places = YamlMessages.read(source, name, policy);
    } catch (InvalidYaml e) {
      throw new PolicyException(String.valueOf(e.getMessage()));
    }
    List<CompiledRule> rules = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < policy.getRulesCount(); i++) {
      Rule rule = policy.getRules(i);
      try {
        rules.add(
            new CompiledRule(
                rule, rule.getWhen().isBlank() ? null : Condition.compile(rule.getWhen())));
      } catch (CelValidationException e) {
        for (CelIssue issue : e.getErrors()) {
          Position place = placeOf(places, i, rule.getWhen(), issue);
          problems.add(
              "%s:%d:%d: rule %s: %s"
                  .formatted(
                      name, place.line(), place.column(), rule.getName(), issue.getMessage()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new PolicyException(String.join("\n", problems));
    }
    return new CompiledPolicy(rules, sha256(source));
  }

  /** The place in the file of an issue within the condition of rule number {@code rule}. */
  private static Position placeOf(
      YamlPositions places, int rule, String expression, CelIssue issue) {
    int offset = issue.getSourceLocation().getColumn();
    List<String> lines = expression.lines().toList();
    for (int i = 0; i + 1 < issue.getSourceLocation().getLine() && i < lines.size(); i++) {
      offset += lines.get(i).codePointCount(0, lines.get(i).length()) + 1;
    }
    return places.within("rules[" + rule + "].when", Math.max(0, offset));
  }

  private static byte[] sha256(byte[] source) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(source);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public Decision decide(Facts facts) {
    for (CompiledRule each : rules) {
      switch (outcome(each, facts)) {
        case HOLDS -> {
          return decision(each.rule(), facts);
        }
        case FAILED -> {
          return new Decision.Guard(each.rule().getName());
        }
        case DOES_NOT_HOLD -> {}
      }
    }
    return new Decision.Guard(DEFAULT_DENY);
  }

  /** Each rule up to the one that decides. */
  public List<RuleVerdict> explain(Facts facts) {
    List<RuleVerdict> verdicts = new ArrayList<>();
    for (CompiledRule each : rules) {
      String name = each.rule().getName();
      switch (outcome(each, facts)) {
        case HOLDS -> {
          verdicts.add(new RuleVerdict(name, true, "its condition holds"));
          return verdicts;
        }
        case FAILED -> {
          verdicts.add(
              new RuleVerdict(
                  name, true, "its condition cannot be evaluated, so the field is guarded"));
          return verdicts;
        }
        case DOES_NOT_HOLD ->
            verdicts.add(new RuleVerdict(name, false, "its condition does not hold"));
      }
    }
    verdicts.add(new RuleVerdict(DEFAULT_DENY, true, "no rule holds, so the field is guarded"));
    return verdicts;
  }

  private static Condition.Outcome outcome(CompiledRule rule, Facts facts) {
    return rule.condition() == null ? Condition.Outcome.HOLDS : rule.condition().holds(facts);
  }

  private static Decision decision(Rule rule, Facts facts) {
    return switch (rule.getRoute()) {
      case ROUTE_COMPOSE ->
          new Decision.Compose(
              rule.getName(),
              rightsOf(rule, facts),
              rule.hasLifetimeSeconds() ? Duration.ofSeconds(rule.getLifetimeSeconds()) : LIFETIME,
              !rule.hasLearning() || rule.getLearning());
      case ROUTE_DIRECT -> new Decision.Direct(rule.getName());
      case ROUTE_GUARD, ROUTE_UNSPECIFIED, UNRECOGNIZED -> new Decision.Guard(rule.getName());
    };
  }

  private static Set<Right> rightsOf(Rule rule, Facts facts) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    rights.addAll(facts.plugin().rights());
    if (rule.getRightsCount() > 0) {
      rights.retainAll(
          rule.getRightsList().stream()
              .map(right -> Right.valueOf(right.name().substring("RIGHT_".length())))
              .toList());
    }
    return rights;
  }

  @Override
  public byte[] digest() {
    return digest.clone();
  }
}
