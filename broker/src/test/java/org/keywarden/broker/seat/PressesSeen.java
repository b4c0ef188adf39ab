package org.keywarden.broker.seat;

import java.util.Set;

/** Presses that applications were given, and whether one of them may yet move the focus. */
final class PressesSeen {
  private final SeatLimits limits;

  /** Keys that may move the focus, handled by the application, after which it told of no focus. */
  private int focusKeys;

  /** The application that was last given a press. */
  private long lastHost;

  /** When the application was last given a press. */
  private long lastPress = Long.MIN_VALUE / 2;

  /** When a field was last changed by anyone but its application. */
  private long lastEdit = Long.MIN_VALUE / 2;

  /** What the application tells may be of a press other than the focus key. */
  private boolean doubtful;

  /** What was last asked whether the application has handled it; -1 once it is given more. */
  private long asked = -1;

  /** Whether it has. */
  private boolean handled;

  PressesSeen(SeatLimits limits) {
    this.limits = limits;
  }

  /** The application of the focused field told something of one of its fields. */
  void told() {
    if (!doubtful) {
      focusKeys = 0;
    }
  }

  /**
   * The focus moves.
   *
   * @param restless whether that may be because of text the client was given
   */
  void focusMoves(FieldId to, boolean restless) {
    if (to.host() != lastHost) {
      focusKeys = 0;
    } else if (!restless || !doubtful) {
      focusKeys = Math.max(0, focusKeys - 1);
      doubtful = true;
    }
  }

  /** The application is given a press to handle. */
  void given(Key key, long host, long now) {
    lastHost = host;
    focusKeys = mayMoveFocus(now) ? focusKeys : 0;
    asked = -1;
    handled = false;
    boolean mayMoveFocus =
        Set.of(0xFF09, 0xFF0D, 0xFF1B, 0xFF54).contains(key.keysym())
            || (key.modifiers() == 4 && key.keysym() != 0xFFE1);
    boolean silent = now >= Math.max(lastPress, lastEdit) + limits.echo();
    doubtful = focusKeys > 0 || (mayMoveFocus && !silent);
    focusKeys += mayMoveFocus ? 1 : 0;
    lastPress = now;
  }

  void raised(long number) {
    asked = number;
  }

  /**
   * The application has handled what it was given.
   *
   * @param focused whether its field has the focus
   */
  void handled(boolean focused, long number) {
    handled |= focused && number == asked;
  }

  /** A field is changed. */
  void edited(long now) {
    lastEdit = now;
    doubtful |= focusKeys > 0;
  }

  /** Whether the focus may yet move to where the next keys are meant for. */
  boolean mayMoveFocus(long now) {
    return focusKeys > 0 && now < lastPress + (handled ? limits.settling() : limits.hold());
  }
}
