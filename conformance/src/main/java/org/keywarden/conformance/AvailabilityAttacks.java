package org.keywarden.conformance;

import java.util.List;

/** Attacks, to come. */
final class AvailabilityAttacks {
  private AvailabilityAttacks() {}

  static List<Attack> all() {
    return List.of();
  }
}
