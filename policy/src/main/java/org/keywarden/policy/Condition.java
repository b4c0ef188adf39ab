package org.keywarden.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One rule's condition: an expression of the Common Expression Language over the facts, checked
 * when it is compiled.
 */
final class Condition {
  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(4_096)
          .maxParseRecursionDepth(32)
          .comprehensionMaxIterations(1_000)
          .build();

  private static final CelCompiler COMPILER =
      CelCompilerFactory.standardCelCompilerBuilder()
          .setOptions(OPTIONS)
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addVar("field.purpose", SimpleType.STRING)
          .addVar("field.hints", ListType.create(SimpleType.STRING))
          .addVar("field.announced", SimpleType.BOOL)
          .addVar("application.name", SimpleType.STRING)
          .addVar("application.executable", SimpleType.STRING)
          .addVar("application.allowed", SimpleType.BOOL)
          .addVar("plugin.id", SimpleType.STRING)
          .addVar("plugin.languages", ListType.create(SimpleType.STRING))
          .addVar("plugin.rights", ListType.create(SimpleType.STRING))
          .addVar("session.locked", SimpleType.BOOL)
          .setResultType(SimpleType.BOOL)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  private final CelRuntime.Program program;

  private Condition(CelRuntime.Program program) {
    this.program = program;
  }

  /**
   * Compiles an expression.
   *
   * @throws CelValidationException with the places and reasons, if it is not one over the facts
   *     that gives a truth value
   */
  static Condition compile(String expression) throws CelValidationException {
    CelAbstractSyntaxTree checked = COMPILER.compile(expression).getAst();
    try {
      return new Condition(RUNTIME.createProgram(checked));
    } catch (CelEvaluationException e) {
      throw new IllegalStateException("a checked expression has no program", e);
    }
  }

  /** What a rule's condition comes to. */
  enum Outcome {
    HOLDS,
    DOES_NOT_HOLD,
    /** It could not be evaluated, an index out of range for instance. */
    FAILED
  }

  Outcome holds(Facts facts) {
    try {
      return Boolean.TRUE.equals(program.eval(variables(facts)))
          ? Outcome.HOLDS
          : Outcome.DOES_NOT_HOLD;
    } catch (CelEvaluationException e) {
      return Outcome.FAILED;
    }
  }

  private static Map<String, Object> variables(Facts facts) {
    Map<String, Object> variables = new HashMap<>();
    variables.put("field.purpose", facts.field().purpose());
    variables.put("field.hints", List.copyOf(facts.field().hints()));
    variables.put("field.announced", facts.field().announced());
    variables.put("application.name", facts.application().name());
    variables.put("application.executable", facts.application().executable());
    variables.put("application.allowed", facts.application().allowed());
    variables.put("plugin.id", facts.plugin().id());
    variables.put("plugin.languages", facts.plugin().languages());
    variables.put(
        "plugin.rights",
        facts.plugin().rights().stream()
            .map(right -> right.name().toLowerCase(Locale.ROOT))
            .toList());
    variables.put("session.locked", facts.session().locked());
    return variables;
  }
}
