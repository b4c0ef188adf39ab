package org.keywarden.broker.seat;

import org.jspecify.annotations.Nullable;

/** The last secret field whose focus another application took: its keys may come yet. */
final class RobbedField {
  private final SeatLimits limits;
  private @Nullable FieldId robbed;

  /** Since when. */
  private long robbedAt;

  /** Until when its last key counts. */
  private long secretKeyUntil = Long.MIN_VALUE;

  RobbedField(SeatLimits limits) {
    this.limits = limits;
  }

  /**
   * Follows it.
   *
   * @param secret the focused field before the event, if it is or may be secret
   */
  void take(SeatEvent event, @Nullable FieldId secret, long now) {
    switch (event) {
      case SeatEvent.FocusGained e -> {
        if (robbed != null && robbed.host() == e.field().host()) {
          robbed = null;
        }
        if (secret != null && secret.host() != e.field().host()) {
          robbed = secret;
          robbedAt = now;
        }
      }
      case SeatEvent.FocusLost e -> robbed = e.field().equals(robbed) ? null : robbed;
      case SeatEvent.FieldClosed e -> robbed = e.field().equals(robbed) ? null : robbed;
      case SeatEvent.KeyTyped e -> {
        if (e.field().equals(robbed)) {
          secretKeyUntil = Math.min(now + limits.lull(), robbedAt + limits.longestLull());
        }
      }
      default -> {}
    }
    secretKeyUntil = robbed == null ? Long.MIN_VALUE : secretKeyUntil;
  }

  /** Whether keys come that were meant for it. */
  boolean isTypedInto(long now) {
    return secretKeyUntil > now;
  }
}
