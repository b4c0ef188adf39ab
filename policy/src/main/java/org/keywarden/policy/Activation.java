package org.keywarden.policy;

import java.util.Map;

/** Facts as conditions see them. */
final class Activation {
  private Activation() {}

  static Map<String, Object> of(Facts facts) {
    FieldFacts field = facts.field();
    ApplicationFacts application = facts.application();
    PluginFacts plugin = facts.plugin();
    return Map.of(
        "field",
        Map.of(
            "purpose", field.purpose(),
            "hints", field.hints().stream().sorted().toList(),
            "announced", field.announced()),
        "application",
        Map.of(
            "name", application.name(),
            "executable", application.executable(),
            "allowed", application.allowed()),
        "plugin",
        Map.of(
            "id", plugin.id(),
            "languages", plugin.languages(),
            "rights", plugin.rights().stream().sorted().map(Vocabulary::word).toList()),
        "session",
        Map.of("locked", facts.session().locked()));
  }
}
