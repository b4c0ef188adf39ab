package org.keywarden.broker.seat;

import static org.keywarden.broker.seat.SeatState.NEVER;

/**
 * Stands behind keys that may move the focus: while it does, no later press may be shown to a
 * plugin, as it may be meant for another field. A release goes to the application at once: a client
 * that waits for each answer tells of nothing typed meanwhile, and would seem to have paused. It
 * falls when a field gains the focus, when the application says something that it says only after
 * it has handled such a key, or when nothing was typed for long enough.
 */
final class Fence {
  /** How long an application may take to handle a key and to say so, in ns. */
  private final long hold;

  private long until = NEVER;

  /** When the application got its last press, in ns. */
  private long lastPress = NEVER;

  /** What the application says may be of a press other than the focus key. */
  private boolean doubtful;

  /** Focus keys that the application has not told of yet. */
  private int focusKeys;

  /** The application that has them. */
  private long host;

  Fence(long hold) {
    this.hold = hold;
  }

  boolean stands() {
    return until != NEVER;
  }

  /** The application gets a press that no input method handled. */
  void passed(Key key, FieldId field, long now) {
    host = field.host();
    boolean focusKey = FocusKeys.mayMoveFocus(key);
    if (!stands()) {
      focusKeys = 0;
    }
    if (stands() || focusKey) {
      doubtful = stands() || (lastPress != NEVER && now < lastPress + hold);
      focusKeys += focusKey ? 1 : 0;
      until = now + hold;
    }
    lastPress = now;
  }

  /** The application told something. */
  void told() {
    if (!doubtful) {
      until = NEVER;
    }
  }

  /**
   * Another field gains the focus: one focus key is known to be handled. Those still on their way
   * move nothing in another application.
   */
  void focusGained(FieldId field) {
    focusKeys--;
    if (focusKeys <= 0 || field.host() != host) {
      until = NEVER;
    }
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
