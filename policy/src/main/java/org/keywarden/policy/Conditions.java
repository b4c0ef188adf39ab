package org.keywarden.policy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.keywarden.proto.yaml.Position;
import org.keywarden.proto.yaml.Problem;

/**
 * The language of conditions: CEL over four typed facts, without anything whose cost a condition's
 * author could make large.
 *
 * <p>No {@code dyn} (it would switch type checks off), no {@code map} and {@code filter}, no clock,
 * no arithmetic but sums.
 */
final class Conditions {
  /** Steps of all loops of one evaluation together. */
  static final int MAX_ITERATIONS = 10_000;

  private static final int MAX_LENGTH = 4096;
  private static final int MAX_NODES = 1024;
  private static final int MAX_DEPTH = 32;
  static final int MAX_REGEX_PROGRAM = 2048;

  private static final CelType TEXTS = ListType.create(SimpleType.STRING);
  private static final Map<String, StructType> FACTS =
      Map.of(
          "field",
          struct(
              "Field",
              ImmutableMap.of(
                  "purpose", SimpleType.STRING, "hints", TEXTS, "announced", SimpleType.BOOL)),
          "application",
          struct(
              "Application",
              ImmutableMap.of(
                  "name",
                  SimpleType.STRING,
                  "executable",
                  SimpleType.STRING,
                  "allowed",
                  SimpleType.BOOL)),
          "plugin",
          struct(
              "Plugin",
              ImmutableMap.of("id", SimpleType.STRING, "languages", TEXTS, "rights", TEXTS)),
          "session",
          struct("Session", ImmutableMap.of("locked", SimpleType.BOOL)));

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseExpressionNodeCount(MAX_NODES)
          .maxParseRecursionDepth(MAX_DEPTH)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxRegexProgramSize(MAX_REGEX_PROGRAM)
          .enableRegexPartialMatch(true)
          .build();

  private final CelCompiler compiler = compiler();
  private final CelRuntime runtime =
      CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

  /**
   * A condition ready to evaluate, or nothing and at least one problem.
   *
   * @param at finds the place in the file of a code point of the expression
   */
  Optional<CelRuntime.Program> compile(
      String expression, IntFunction<Position> at, List<Problem> problems) {
    CelValidationResult result = compiler.compile(expression);
    if (result.hasError()) {
      for (CelIssue issue : result.getErrors()) {
        problems.add(
            problem(at.apply(offset(expression, issue.getSourceLocation())), issue.getMessage()));
      }
      return Optional.empty();
    }
    try {
      CelAbstractSyntaxTree ast = result.getAst();
      List<Problem> found = new ArrayList<>();
      new ConditionCheck(ast, (offset, message) -> found.add(problem(at.apply(offset), message)))
          .check();
      problems.addAll(found);
      return found.isEmpty() ? Optional.of(runtime.createProgram(ast)) : Optional.empty();
    } catch (CelValidationException | CelEvaluationException e) {
      problems.add(problem(at.apply(0), String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private static Problem problem(Position at, String message) {
    String oneLine = message.replaceAll("\\s+", " ").strip();
    return new Problem(at.line(), at.column(), "when: " + oneLine);
  }

  private static int offset(String expression, CelSourceLocation location) {
    if (location.getLine() < 1) {
      return 0;
    }
    return CelSource.newBuilder(expression).build().getLocationOffset(location).orElse(0);
  }

  private static CelCompiler compiler() {
    CelStandardDeclarations declarations =
        CelStandardDeclarations.newBuilder()
            .includeFunctions(
                StandardFunction.LOGICAL_AND,
                StandardFunction.LOGICAL_OR,
                StandardFunction.LOGICAL_NOT,
                StandardFunction.NOT_STRICTLY_FALSE,
                StandardFunction.CONDITIONAL,
                StandardFunction.EQUALS,
                StandardFunction.NOT_EQUALS,
                StandardFunction.LESS,
                StandardFunction.LESS_EQUALS,
                StandardFunction.GREATER,
                StandardFunction.GREATER_EQUALS,
                StandardFunction.IN,
                StandardFunction.INDEX,
                StandardFunction.SIZE,
                StandardFunction.CONTAINS,
                StandardFunction.STARTS_WITH,
                StandardFunction.ENDS_WITH,
                StandardFunction.MATCHES,
                // `exists_one` counts.
                StandardFunction.ADD)
            .build();
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(declarations)
            .setStandardMacros(
                CelStandardMacro.HAS,
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE)
            .setTypeProvider(types())
            .setResultType(SimpleType.BOOL);
    FACTS.forEach(builder::addVar);
    return builder.build();
  }

  private static CelTypeProvider types() {
    ImmutableList<CelType> types = ImmutableList.copyOf(FACTS.values());
    return new CelTypeProvider() {
      @Override
      public ImmutableList<CelType> types() {
        return types;
      }

      @Override
      public Optional<CelType> findType(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
      }
    };
  }

  private static StructType struct(String name, ImmutableMap<String, CelType> fields) {
    return StructType.create(
        "keywarden." + name,
        ImmutableSet.copyOf(fields.keySet()),
        field -> Optional.ofNullable(fields.get(field)));
  }
}
