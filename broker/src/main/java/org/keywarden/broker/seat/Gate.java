package org.keywarden.broker.seat;

import org.jspecify.annotations.Nullable;
import org.keywarden.policy.Right;

/**
 * The one gate: stands directly before a key is written to a plugin and directly before an action
 * of a plugin takes effect.
 */
final class Gate {
  private Gate() {}

  /** Why {@code grant} does not permit {@code right} now, or null if it does. */
  static @Nullable Refusal refusal(@Nullable Grant grant, Right right, long epoch, long now) {
    if (grant == null || !grant.live() || grant.epoch != epoch || now >= grant.expiresAt) {
      return Refusal.NOT_LIVE;
    }
    return grant.rights.contains(right) ? null : Refusal.RIGHT_NOT_HELD;
  }
}
