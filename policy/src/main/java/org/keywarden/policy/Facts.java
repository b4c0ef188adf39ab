package org.keywarden.policy;

/** Everything a policy may look at. */
public record Facts(
    FieldFacts field, ApplicationFacts application, PluginFacts plugin, SessionFacts session) {}
