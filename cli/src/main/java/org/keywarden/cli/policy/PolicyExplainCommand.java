package org.keywarden.cli.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.policy.ApplicationFacts;
import org.keywarden.policy.CompiledPolicy;
import org.keywarden.policy.CompiledPolicy.RuleVerdict;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Explanation;
import org.keywarden.policy.Facts;
import org.keywarden.policy.FieldFacts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.SessionFacts;
import org.keywarden.proto.input.v1.Hint;
import org.keywarden.proto.input.v1.Purpose;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what becomes of a field, and by which rule. */
@Command(
    name = "explain",
    description =
        "Say what becomes of a field and why; secret fields are guarded whatever a policy says.",
    mixinStandardHelpOptions = true)
final class PolicyExplainCommand implements Callable<Integer> {
  @Mixin private PolicyFile policy = new PolicyFile();
  @Mixin private Output output = new Output();

  @Option(
      names = "--purpose",
      paramLabel = "P",
      defaultValue = "free_form",
      description = "The field's purpose, such as free_form or email (default: ${DEFAULT-VALUE}).")
  private String purpose = "free_form";

  @Option(names = "--hint", paramLabel = "H", description = "A hint; may be given several times.")
  private List<String> hints = new ArrayList<>();

  @Option(names = "--application", paramLabel = "NAME", description = "What it calls itself.")
  private String application = "";

  @Option(names = "--executable", paramLabel = "PATH", description = "The program it runs.")
  private String executable = "";

  @Option(names = "--plugin", paramLabel = "ID", description = "The input method.")
  private String plugin = "";

  @Option(
      names = "--not-announced",
      description = "The application does not say what the field is for.")
  private boolean notAnnounced;

  @Option(
      names = "--allowed",
      description = "The user allowed an input method in this application.")
  private boolean allowed;

  @Option(names = "--locked", description = "The session is locked.")
  private boolean locked;

  @Override
  public Integer call() {
    CompiledPolicy compiled = policy.read();
    Facts facts = facts();
    Decision decision = inForce(compiled.explanation(facts));
    List<RuleVerdict> verdicts = compiled.explain(facts);
    if (output.json()) {
      output.printJson(json(decision, verdicts).toString());
      return 0;
    }
    output.println(route(decision) + ", decided by rule " + decision.rule());
    switch (decision) {
      case Decision.Compose compose ->
          output.println(
              "rights %s; each capability lives %d s; the input method %s"
                  .formatted(
                      String.join(", ", names(compose.rights())),
                      compose.lifetime().toSeconds(),
                      compose.learning() ? "may learn" : "may not learn"));
      case Decision.Guard guard -> output.println("the trusted keyboard takes the keys");
      case Decision.Direct direct -> output.println("the application takes its own keys");
    }
    output.table(
        List.of("", "RULE", "WHY"),
        verdicts.stream()
            .map(each -> List.of(each.decides() ? "*" : "", each.rule(), each.note()))
            .toList());
    return 0;
  }

  /** What the seat makes of it: it does not ask a policy about a secret field. */
  private static Decision inForce(Explanation explanation) {
    return explanation.secret()
        ? new Decision.Guard(Explanation.SECRET_FIELD)
        : explanation.decision();
  }

  private Facts facts() {
    return new Facts(
        new FieldFacts(
            known("purpose", purpose, names(Purpose.values(), "PURPOSE_")),
            hints.stream()
                .map(hint -> known("hint", hint, names(Hint.values(), "HINT_")))
                .collect(Collectors.toUnmodifiableSet()),
            !notAnnounced),
        new ApplicationFacts(application, executable, allowed),
        new PluginFacts(plugin, List.of(), EnumSet.allOf(Right.class)),
        new SessionFacts(locked));
  }

  private static String known(String what, String given, Set<String> names) {
    String name = given.toLowerCase(Locale.ROOT).replace('-', '_');
    if (!names.contains(name)) {
      throw new Failure(
          Exit.USAGE,
          "no " + what + " is called " + given + "; there are: " + String.join(", ", names));
    }
    return name;
  }

  private static Set<String> names(Enum<?>[] values, String prefix) {
    Set<String> names = new TreeSet<>();
    for (Enum<?> value : values) {
      if (value.name().startsWith(prefix) && !value.name().equals(prefix + "UNSPECIFIED")) {
        names.add(value.name().substring(prefix.length()).toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static List<String> names(Set<Right> rights) {
    return rights.stream().sorted().map(right -> right.name().toLowerCase(Locale.ROOT)).toList();
  }

  private static String route(Decision decision) {
    return switch (decision) {
      case Decision.Compose compose -> "compose";
      case Decision.Guard guard -> "guard";
      case Decision.Direct direct -> "direct";
    };
  }

  private static JsonObject json(Decision decision, List<RuleVerdict> verdicts) {
    JsonObject found = new JsonObject();
    found.addProperty("route", route(decision));
    found.addProperty("rule", decision.rule());
    if (decision instanceof Decision.Compose compose) {
      JsonArray rights = new JsonArray();
      names(compose.rights()).forEach(rights::add);
      found.add("rights", rights);
      found.addProperty("lifetimeSeconds", compose.lifetime().toSeconds());
      found.addProperty("learning", compose.learning());
    }
    JsonArray rules = new JsonArray();
    for (RuleVerdict each : verdicts) {
      JsonObject rule = new JsonObject();
      rule.addProperty("rule", each.rule());
      rule.addProperty("decides", each.decides());
      rule.addProperty("note", each.note());
      rules.add(rule);
    }
    found.add("rules", rules);
    return found;
  }
}
