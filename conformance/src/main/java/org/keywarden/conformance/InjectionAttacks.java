package org.keywarden.conformance;

import java.util.List;

/** Attacks, to come. */
final class InjectionAttacks {
  private InjectionAttacks() {}

  static List<Attack> all() {
    return List.of();
  }
}
