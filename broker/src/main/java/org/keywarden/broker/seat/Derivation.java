package org.keywarden.broker.seat;

import org.keywarden.policy.Right;

/**
 * What a capability may hand on to a helper process of its holder ({@code
 * docs/capability-format.md}, "Derivation"). That the parent is live is the {@link Gate}'s part;
 * that the holder's key is a valid one was decided when it was parsed.
 */
final class Derivation {
  private Derivation() {}

  /** Whether what is asked for is narrower than the parent, and another holder's. */
  static boolean narrows(Grant parent, SeatEvent.DerivationAsked asked) {
    return !asked.rights().isEmpty()
        && asked.rights().stream().noneMatch(Right::bringsKeys)
        && parent.rights.containsAll(asked.rights())
        && asked.lifetime() > 0
        && !asked.holder().equals(parent.holder);
  }
}
