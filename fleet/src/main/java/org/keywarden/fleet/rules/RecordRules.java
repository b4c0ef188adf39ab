package org.keywarden.fleet.rules;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.fleet.fold.Findings;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.fleet.v1.Rule;
import org.keywarden.proto.fleet.v1.Rules;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.YamlMessages;

/**
 * Asks the rules that are for a record's kind. A rule whose evaluation fails holds: an operator
 * should look.
 *
 * <p>Thread: any, several at once.
 */
public final class RecordRules implements Findings {
  /** More would slow every record down. */
  private static final int MOST_RULES = 100;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(4_096)
          .maxParseRecursionDepth(32)
          .comprehensionMaxIterations(10_000)
          .build();

  /**
   * @param program null if the rule holds of each record of its kind
   */
  private record Compiled(Rule rule, CelRuntime.@Nullable Program program) {}

  private final Map<Integer, List<Compiled>> byField = new HashMap<>();

  /**
   * Compiles rules.
   *
   * @throws InvalidRules naming the first that is wrong
   */
  public RecordRules(Rules rules) throws InvalidRules {
    if (rules.getRulesCount() > MOST_RULES) {
      throw new InvalidRules("there are more than " + MOST_RULES + " rules");
    }
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS)
            .addMessageTypes(Record.getDescriptor())
            .addVar("record", StructTypeReference.create(Record.getDescriptor().getFullName()))
            .setResultType(SimpleType.BOOL)
            .build();
    CelRuntime runtime =
        CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addMessageTypes(Record.getDescriptor())
            .build();
    for (Rule rule : rules.getRulesList()) {
      FieldDescriptor field = Record.getDescriptor().findFieldByName(rule.getOf());
      if (field == null || field.getContainingOneof() == null || rule.getName().isBlank()) {
        throw new InvalidRules(
            "rule \"" + rule.getName() + "\": no kind of record is called " + rule.getOf());
      }
      byField
          .computeIfAbsent(field.getNumber(), number -> new ArrayList<>())
          .add(new Compiled(rule, program(rule, compiler, runtime)));
    }
  }

  /** The rules that come with Keywarden. */
  public static RecordRules usual() {
    try (InputStream in =
        Objects.requireNonNull(RecordRules.class.getResourceAsStream("rules.yaml"))) {
      return read(in.readAllBytes(), "rules.yaml");
    } catch (IOException | InvalidRules e) {
      throw new IllegalStateException("built with rules that cannot be used", e);
    }
  }

  /**
   * Reads a file of rules, YAML.
   *
   * @param name for messages only
   */
  public static RecordRules read(byte[] yaml, String name) throws InvalidRules {
    Rules.Builder rules = Rules.newBuilder();
    try {
      YamlMessages.read(yaml, name, rules);
    } catch (InvalidYaml e) {
      throw new InvalidRules(String.valueOf(e.getMessage()));
    }
    return new RecordRules(rules.build());
  }

  private static CelRuntime.@Nullable Program program(
      Rule rule, CelCompiler compiler, CelRuntime runtime) throws InvalidRules {
    if (rule.getWhen().isEmpty()) {
      return null;
    }
    try {
      return runtime.createProgram(compiler.compile(rule.getWhen()).getAst());
    } catch (CelValidationException | CelEvaluationException e) {
      throw new InvalidRules("rule \"" + rule.getName() + "\": " + e.getMessage());
    }
  }

  @Override
  public void look(Record record, BiConsumer<String, String> found) {
    for (Compiled each : byField.getOrDefault(record.getEventCase().getNumber(), List.of())) {
      if (holds(each.program(), record)) {
        found.accept(each.rule().getName(), each.rule().getSays());
      }
    }
  }

  private static boolean holds(CelRuntime.@Nullable Program program, Record record) {
    try {
      return program == null || !Boolean.FALSE.equals(program.eval(Map.of("record", record)));
    } catch (CelEvaluationException e) {
      return true;
    }
  }
}
