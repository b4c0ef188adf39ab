package org.keywarden.policy;

import dev.cel.runtime.CelRuntime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.policy.v1.Policy;
import org.keywarden.proto.policy.v1.Route;
import org.keywarden.proto.policy.v1.Rule;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.Position;
import org.keywarden.proto.yaml.Problem;
import org.keywarden.proto.yaml.YamlMessages;
import org.keywarden.proto.yaml.YamlPositions;

/** Turns one policy file into a {@link CompiledPolicy}. Used once, by one thread. */
final class PolicyCompiler {
  private static final Duration DEFAULT_LIFETIME = Duration.ofSeconds(10);
  private static final int MOST_PROBLEMS = 100;

  private final String name;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Integer> lineOfName = new HashMap<>();
  private @Nullable String always;

  PolicyCompiler(String name) {
    this.name = name;
  }

  CompiledPolicy compile(byte[] source) throws PolicyException {
    Policy.Builder file = Policy.newBuilder();
    YamlPositions positions;
    try {
      positions = YamlMessages.read(source, name, file);
    } catch (InvalidYaml e) {
      throw new PolicyException(name, e.problems());
    }
    Conditions conditions = new Conditions();
    List<CompiledRule> rules = new ArrayList<>();
    for (int i = 0; i < file.getRulesCount(); i++) {
      rules.add(rule(file.getRules(i), "rules[" + i + "]", positions, conditions));
    }
    if (!problems.isEmpty()) {
      problems.sort(Problem.IN_FILE_ORDER);
      throw new PolicyException(
          name, problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
    }
    warmUp(rules);
    return new CompiledPolicy(rules, sha256(source));
  }

  private CompiledRule rule(
      Rule rule, String path, YamlPositions positions, Conditions conditions) {
    checkName(rule, path, positions);
    checkReach(rule, path, positions);
    checkSettings(rule, path, positions);
    String whenPath = path + ".when";
    boolean conditional = positions.has(whenPath);
    CelRuntime.@Nullable Program program = null;
    if (conditional && rule.getWhen().isBlank()) {
      report(positions.of(whenPath), "when is empty; leave it out in a rule that always holds");
    } else if (conditional) {
      program =
          conditions
              .compile(rule.getWhen(), offset -> positions.within(whenPath, offset), problems)
              .orElse(null);
    }
    return new CompiledRule(
        rule.getName(),
        positions.of(path + ".name").line(),
        conditional ? rule.getWhen() : null,
        program,
        rule.getRoute(),
        positions.has(path + ".rights") ? rights(rule) : null,
        rule.hasLifetimeSeconds()
            ? Duration.ofSeconds(rule.getLifetimeSeconds())
            : DEFAULT_LIFETIME,
        !rule.hasLearning() || rule.getLearning());
  }

  private void checkName(Rule rule, String path, YamlPositions positions) {
    Position at = positions.of(path + ".name");
    if (rule.getName().equals(CompiledPolicy.DEFAULT_DENY)) {
      report(at, "the name default-deny means that no rule holds; choose another");
    }
    Integer before = lineOfName.putIfAbsent(rule.getName(), at.line());
    if (before != null) {
      report(at, "the rule in line " + before + " has this name already; choose another");
    }
  }

  private void checkReach(Rule rule, String path, YamlPositions positions) {
    if (always != null) {
      report(
          positions.of(path + ".name"),
          "this rule is never reached: \"" + always + "\" above has no condition; move it up");
    } else if (!positions.has(path + ".when")) {
      always = rule.getName();
    }
  }

  /** Settings of a grant make no sense without one, and an empty list must not mean "all". */
  private void checkSettings(Rule rule, String path, YamlPositions positions) {
    if (rule.getRoute() != Route.ROUTE_COMPOSE) {
      for (String setting : List.of("rights", "lifetime_seconds", "learning")) {
        if (positions.has(path + "." + setting)) {
          report(positions.of(path + "." + setting), setting + " goes with route: compose only");
        }
      }
    } else if (positions.has(path + ".rights")
        && !rule.getRightsList().contains(org.keywarden.proto.input.v1.Right.RIGHT_RECEIVE_KEYS)) {
      report(
          positions.of(path + ".rights"),
          "rights must have receive_keys: without it nothing can be composed;"
              + " for no input method use route: guard or route: direct");
    }
  }

  private void report(Position at, String message) {
    problems.add(new Problem(at.line(), at.column(), message));
  }

  /**
   * The first evaluation loads classes for some 10 ms; it is not to happen when a field gets the
   * focus.
   */
  private static void warmUp(List<CompiledRule> rules) {
    Facts nobody =
        new Facts(
            new FieldFacts("free_form", Set.of(), false),
            new ApplicationFacts("", "", false),
            new PluginFacts("", List.of(), Set.of()),
            new SessionFacts(false));
    Map<String, Object> activation = Activation.of(nobody);
    rules.forEach(rule -> rule.evaluate(activation));
  }

  private static Set<Right> rights(Rule rule) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (org.keywarden.proto.input.v1.Right right : rule.getRightsList()) {
      switch (right) {
        case RIGHT_RECEIVE_KEYS -> rights.add(Right.RECEIVE_KEYS);
        case RIGHT_SET_PREEDIT -> rights.add(Right.SET_PREEDIT);
        case RIGHT_COMMIT_TEXT -> rights.add(Right.COMMIT_TEXT);
        case RIGHT_SHOW_CANDIDATES -> rights.add(Right.SHOW_CANDIDATES);
        case RIGHT_READ_SURROUNDING -> rights.add(Right.READ_SURROUNDING);
        case RIGHT_DELETE_SURROUNDING -> rights.add(Right.DELETE_SURROUNDING);
        case RIGHT_FORWARD_KEY -> rights.add(Right.FORWARD_KEY);
        case RIGHT_RECEIVE_RELEASES -> rights.add(Right.RECEIVE_RELEASES);
        case RIGHT_SHOW_PROPERTIES -> rights.add(Right.SHOW_PROPERTIES);
        case RIGHT_UNSPECIFIED, UNRECOGNIZED ->
            throw new IllegalArgumentException("the schema refuses this right: " + right);
      }
    }
    return rights;
  }

  private static byte[] sha256(byte[] source) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(source);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
