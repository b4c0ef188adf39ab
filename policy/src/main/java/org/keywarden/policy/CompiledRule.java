package org.keywarden.policy;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.policy.v1.Route;

/**
 * One rule.
 *
 * @param line of its name in the file, from 1
 * @param condition as written; null means always
 * @param program of the condition; null means always
 * @param route never unspecified
 * @param rights null means all that the plugin asks for
 */
record CompiledRule(
    String name,
    int line,
    @Nullable String condition,
    CelRuntime.@Nullable Program program,
    Route route,
    @Nullable Set<Right> rights,
    Duration lifetime,
    boolean learning) {

  /** Whether a condition holds, or why that cannot be said. */
  sealed interface Truth {
    record Holds() implements Truth {}

    record DoesNotHold() implements Truth {}

    record Failed(String reason) implements Truth {}
  }

  Truth evaluate(Map<String, Object> facts) {
    if (program == null) {
      return new Truth.Holds();
    }
    try {
      Object result = program.eval(facts);
      if (result instanceof Boolean holds) {
        return holds ? new Truth.Holds() : new Truth.DoesNotHold();
      }
      return new Truth.Failed("the condition gives no truth value");
    } catch (CelEvaluationException e) {
      return new Truth.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // Whatever is wrong inside the evaluator, a field is guarded rather than the seat stopped.
      return new Truth.Failed("the evaluator failed: " + e.getClass().getSimpleName());
    }
  }

  /** What the rule decides if it decides; empty if its condition does not hold. */
  Optional<Decision> decide(Truth truth, PluginFacts plugin) {
    return switch (truth) {
      case Truth.DoesNotHold none -> Optional.empty();
      case Truth.Failed failed -> Optional.of(new Decision.Guard(name));
      case Truth.Holds holds -> Optional.of(decision(plugin));
    };
  }

  private Decision decision(PluginFacts plugin) {
    return switch (route) {
      case ROUTE_COMPOSE ->
          new Decision.Compose(name, granted(plugin.rights()), lifetime, learning);
      case ROUTE_DIRECT -> new Decision.Direct(name);
      case ROUTE_GUARD, ROUTE_UNSPECIFIED, UNRECOGNIZED -> new Decision.Guard(name);
    };
  }

  private Set<Right> granted(Set<Right> asked) {
    if (rights == null) {
      return asked;
    }
    Set<Right> granted = EnumSet.noneOf(Right.class);
    granted.addAll(rights);
    granted.retainAll(asked);
    return granted;
  }
}
