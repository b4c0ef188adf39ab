package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.SeatState.NEVER;

/**
 * Stands behind keys that may move the focus: while it does, no later press may be shown to a
 * plugin, as it may be meant for another field. A release goes to the application at once: a client
 * that waits for each answer tells of nothing typed meanwhile, and would seem to have paused.
 *
 * <p>It falls by what only such a key can have caused, or when nothing was typed for long enough.
 * What an application says does not tell what it says it of, so it counts only if there is nothing
 * else that it might be of: no other press and no change of its field that it was given within
 * {@link SeatLimits#echo} before the key, or since. Proof that the application has handled all that
 * it was given counts always, but it may move the focus a little later ({@link
 * SeatLimits#settling}).
 */
final class Fence {
  private final SeatState state;

  private long until = NEVER;

  /** When the application got its last press, in ns. */
  private long lastPress = NEVER;

  /** When it got the last press that is fenced, in ns. */
  private long raisedAt;

  /** What the application says may be of a press or of text it had before the focus key. */
  private boolean doubtful;

  /** Focus keys that the application has not told of yet. */
  private int focusKeys;

  /** Counts what raised it: a proof is of one of these. */
  private long number;

  /** The application has handled all that raised it. */
  private boolean proved;

  /** The application that has them. */
  private long host;

  Fence(SeatState state) {
    this.state = state;
  }

  boolean stands() {
    return until != NEVER;
  }

  /**
   * The application gets a press that no input method handled.
   *
   * @return whether the fence stands behind it
   */
  boolean givenBack(Key key, FieldId field, long now) {
    host = field.host();
    boolean focusKey = FocusKeys.mayMoveFocus(key);
    if (!stands()) {
      focusKeys = 0;
    }
    if (stands() || focusKey) {
      doubtful = stands() || recent(lastPress, now) || recent(state.editedAt, now);
      raisedAt = now;
      focusKeys += focusKey ? 1 : 0;
      until = now + state.limits.hold();
      number++;
      proved = false;
    }
    lastPress = now;
    return stands();
  }

  private boolean recent(long given, long now) {
    return given != NEVER && now < given + state.limits.echo();
  }

  /** Whether what the application says may be of something other than the focus key. */
  private boolean mayBeEcho() {
    return doubtful || (state.editedAt != NEVER && state.editedAt >= raisedAt);
  }

  /** The application told something that a focus key may have caused. */
  void told() {
    if (!mayBeEcho()) {
      until = NEVER;
    }
  }

  /**
   * Another field gains the focus: one focus key is known to be handled. Those still on their way
   * move nothing in another application.
   */
  void focusGained(Field field) {
    if (field.id.host() != host) {
      until = NEVER;
    } else if (!field.traits.focusMayBeEcho() || !mayBeEcho()) {
      focusKeys--;
      if (focusKeys <= 0) {
        until = NEVER;
      }
    }
  }

  /** The last that raised it. */
  long number() {
    return number;
  }

  /** The application has handled all that it was given up to the one of this number. */
  void handled(long which) {
    if (stands() && which == number) {
      proved = true;
      until = Math.min(until, raisedAt + state.limits.settling());
    }
  }

  /** Whether nothing may be left of what raised it but its time. */
  boolean proved() {
    return stands() && proved;
  }

  /** Falls, if nothing was typed since it became overdue. */
  void passTime(long now) {
    if (overdue(now)) {
      until = NEVER;
    }
  }

  boolean overdue(long now) {
    return now >= until;
  }

  /** When it is overdue, in ns; {@link SeatState#NEVER} if it does not stand. */
  long nextDeadline() {
    return until;
  }
}
