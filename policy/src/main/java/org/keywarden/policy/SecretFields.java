package org.keywarden.policy;

import java.util.Collections;
import java.util.Set;

/** Names the fields no policy is asked about; the broker's seat is what enforces it. */
final class SecretFields {
  private static final Set<String> PURPOSES = Set.of("password", "pin", "unknown", "unspecified");
  private static final Set<String> HINTS = Set.of("hidden_text", "sensitive");

  private SecretFields() {}

  static boolean isSecret(FieldFacts field) {
    return PURPOSES.contains(field.purpose()) || !Collections.disjoint(HINTS, field.hints());
  }
}
