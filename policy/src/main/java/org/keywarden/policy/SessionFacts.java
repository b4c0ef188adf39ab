package org.keywarden.policy;

/** The user's session. */
public record SessionFacts(boolean locked) {}
