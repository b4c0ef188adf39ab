package org.keywarden.broker.frontdoor.ibus;

import java.util.function.Supplier;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.seat.Key;

/**
 * Marks a field secret while a program in one of its application's terminals asks for something it
 * does not show. Looked at before every key, and from time to time until the prompt is over.
 */
final class TerminalMark {
  /** Between two looks without a key, in ns. */
  private static final long PAUSE = 250_000_000;

  /**
   * After Enter, in ns: the seat holds what is typed next for 100 ms ({@code SeatLimits.hold}), and
   * a command that asks for a password has mostly done so by then.
   */
  private static final long PROMPT = 80_000_000;

  private static final int RETURN = 0xFF0D;
  private static final int KP_ENTER = 0xFF8D;

  private final TerminalWatch terminals;
  private final Timers timers;
  private final Supplier<TerminalWatch.Reach> reach;
  private final Runnable changed;
  private boolean hidden;
  private boolean focused;
  private boolean looking;

  /**
   * @param changed what to do when a look, not asked for by {@link #look}, finds another state
   */
  TerminalMark(
      TerminalWatch terminals,
      Timers timers,
      Supplier<TerminalWatch.Reach> reach,
      Runnable changed) {
    this.terminals = terminals;
    this.timers = timers;
    this.reach = reach;
    this.changed = changed;
  }

  /** What the last look found. */
  boolean hidden() {
    return hidden;
  }

  /** Looks before a key; tells whether it is otherwise than before. */
  boolean look(Key key) {
    boolean other = look();
    if (key.keysym() == RETURN || key.keysym() == KP_ENTER) {
      timers.after(PROMPT, this::lookNow);
    }
    return other;
  }

  /** Looks; tells whether it is otherwise than before. */
  boolean look() {
    boolean now = terminals.hidden(reach.get());
    boolean other = now != hidden;
    hidden = now;
    lookLater();
    return other;
  }

  /** The field has focus or lost it. */
  void focus(boolean now) {
    focused = now;
    if (now) {
      terminals.lookAgain();
      look();
    }
  }

  private void lookLater() {
    if (!hidden || !focused || looking) {
      return;
    }
    looking = true;
    if (terminals.known()) {
      timers.after(PAUSE, this::lookOn);
    } else {
      terminals.whenKnown(this::lookOn);
    }
  }

  private void lookOn() {
    looking = false;
    lookNow();
  }

  private void lookNow() {
    if (focused && look()) {
      changed.run();
    }
  }
}
