package org.keywarden.conformance;

import java.util.List;

/** Attacks, to come. */
final class FocusAttacks {
  private FocusAttacks() {}

  static List<Attack> all() {
    return List.of();
  }
}
