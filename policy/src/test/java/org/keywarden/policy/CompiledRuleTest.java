package org.keywarden.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keywarden.policy.CompiledRule.Truth;
import org.keywarden.proto.policy.v1.Route;

/** A condition that cannot be evaluated, for whatever reason, guards the field. */
final class CompiledRuleTest {
  private static final PluginFacts PLUGIN =
      new PluginFacts("com.example.ime", List.of("ja"), EnumSet.allOf(Right.class));

  private static CompiledRule failingWith(Throwable failure) {
    CelRuntime.Program program =
        (CelRuntime.Program)
            Proxy.newProxyInstance(
                CelRuntime.Program.class.getClassLoader(),
                new Class<?>[] {CelRuntime.Program.class},
                (proxy, method, arguments) -> {
                  throw failure;
                });
    return new CompiledRule(
        "broken",
        1,
        "field.announced",
        program,
        Route.ROUTE_COMPOSE,
        null,
        Duration.ofSeconds(5),
        false);
  }

  @Test
  void anEvaluationErrorGuards() {
    CompiledRule rule = failingWith(new CelEvaluationException("no such index"));
    assertEquals(
        Optional.of(new Decision.Guard("broken")), rule.decide(rule.evaluate(Map.of()), PLUGIN));
  }

  @Test
  void aFaultOfTheEvaluatorGuardsAndItsWordsAreKeptBack() {
    CompiledRule rule = failingWith(new IllegalStateException("facts of a field"));
    Truth.Failed failed = assertInstanceOf(Truth.Failed.class, rule.evaluate(Map.of()));
    assertFalse(failed.reason().contains("facts of a field"), failed.reason());
    assertEquals(Optional.of(new Decision.Guard("broken")), rule.decide(failed, PLUGIN));
  }

  @Test
  void anEvaluatorThatGivesNoTruthValueGuards() {
    CelRuntime.Program number =
        (CelRuntime.Program)
            Proxy.newProxyInstance(
                CelRuntime.Program.class.getClassLoader(),
                new Class<?>[] {CelRuntime.Program.class},
                (proxy, method, arguments) -> 1L);
    CompiledRule rule =
        new CompiledRule(
            "number", 1, "1", number, Route.ROUTE_DIRECT, null, Duration.ofSeconds(5), false);
    assertEquals(
        Optional.of(new Decision.Guard("number")), rule.decide(rule.evaluate(Map.of()), PLUGIN));
  }
}
