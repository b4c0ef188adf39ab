package org.keywarden.policy;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Facts and policies to test with. */
final class PolicyTexts {
  static final PluginFacts PLUGIN =
      new PluginFacts("org.example.ime", List.of("ja", "zh-Hant"), EnumSet.allOf(Right.class));

  private PolicyTexts() {}

  static Facts field(String purpose, String... hints) {
    return new Facts(
        new FieldFacts(purpose, Set.of(hints), true),
        new ApplicationFacts("gtk3-im:gedit", "/usr/bin/gedit", false),
        PLUGIN,
        new SessionFacts(false));
  }

  static CompiledPolicy when(String condition) throws PolicyException {
    return CompiledPolicy.compile(ruleWhen(condition), "p");
  }

  static PolicyException refusedWhen(String condition) {
    return refused(ruleWhen(condition));
  }

  static PolicyException refused(String source) {
    return assertThrows(PolicyException.class, () -> CompiledPolicy.compile(source, "p"));
  }

  /** The condition starts in line 4, column 11. */
  private static String ruleWhen(String condition) {
    return "version: 1\nrules:\n  - name: it\n    when: '"
        + condition.replace("'", "''")
        + "'\n    route: compose\n";
  }
}
