package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.SeatState.NEVER;

import java.util.HashMap;
import java.util.Map;

/**
 * Fields from which another application took the focus and which their own has not given up. Any
 * application can say that it has the focus; whose keys go on coming has it. If such a field is
 * secret, a secret is still being typed, whatever has the focus here.
 */
final class Unyielded {
  private static final class Taken {
    final Field field;
    final long at;

    /** It was secret, or not known not to be, when the focus was taken. */
    final boolean wasSecret;

    long until;

    Taken(Field field, long at, boolean wasSecret) {
      this.field = field;
      this.at = at;
      this.wasSecret = wasSecret;
    }
  }

  private final SeatLimits limits;

  /** By application: none has more than one focus. */
  private final Map<Long, Taken> taken = new HashMap<>();

  /** Until when a secret counts as being typed, in ns; {@link SeatState#NEVER} if none does. */
  private long until = NEVER;

  Unyielded(SeatLimits limits) {
    this.limits = limits;
  }

  /** Another application gains the focus that a field had. */
  void take(Field field, boolean secret, long now) {
    Taken from = new Taken(field, now, secret);
    taken.put(field.id.host(), from);
    prolong(from, now);
  }

  /** A key came from a field without focus, or what such a field says of itself changed. */
  void stirs(Field field, long now) {
    Taken from = taken.get(field.id.host());
    if (from != null && from.field == field) {
      prolong(from, now);
    }
  }

  private void prolong(Taken from, long now) {
    if (from.wasSecret || from.field.secret()) {
      from.until =
          Math.max(from.until, Math.min(now + limits.lull(), from.at + limits.longestLull()));
      settle(now);
    }
  }

  /** A field gives the focus up or is gone. */
  void yields(Field field, long now) {
    Taken from = taken.get(field.id.host());
    if (from != null && from.field == field) {
      gains(field, now);
    }
  }

  /** A field gains the focus: its application has moved it itself. */
  void gains(Field field, long now) {
    if (taken.remove(field.id.host()) != null) {
      settle(now);
    }
  }

  /** Forgets what time has ended. */
  void passTime(long now) {
    if (until != NEVER && now >= until) {
      taken.values().removeIf(each -> now >= each.at + limits.longestLull());
      settle(now);
    }
  }

  private void settle(long now) {
    long last = 0;
    for (Taken each : taken.values()) {
      last = Math.max(last, each.until);
    }
    until = last > now ? last : NEVER;
  }

  /** Whether a secret may still be being typed into one of them. */
  boolean secretTyped() {
    return until != NEVER;
  }

  /** When that ends if no more keys come, in ns; {@link SeatState#NEVER} for never. */
  long nextDeadline() {
    return until;
  }
}
