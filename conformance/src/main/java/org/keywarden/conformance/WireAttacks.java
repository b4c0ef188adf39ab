package org.keywarden.conformance;

import java.util.List;

/** Attacks, to come. */
final class WireAttacks {
  private WireAttacks() {}

  static List<Attack> all() {
    return List.of();
  }
}
