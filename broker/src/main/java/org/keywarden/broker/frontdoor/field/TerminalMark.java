package org.keywarden.broker.frontdoor.field;

import java.util.function.Supplier;
import org.keywarden.broker.frontdoor.terminal.TerminalAnswer;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch;
import org.keywarden.broker.frontdoor.terminal.TerminalWatch.Reach;
import org.keywarden.broker.seat.Key;

/**
 * Marks a field secret while a program in one of its application's terminals asks for something it
 * does not show. Looked at before every key, and from time to time until the prompt is over. An
 * answer that does not come in time counts as such a program.
 */
public final class TerminalMark {
  /** Between two looks without a key, in ns. */
  private static final long PAUSE = 250_000_000;

  /** How long an answer may take, in ns; a key waits that long at most. */
  private static final long PATIENCE = 100_000_000;

  /**
   * After Enter, in ns: the seat holds what is typed next for 100 ms ({@code SeatLimits.hold}), and
   * a command that asks for a password has mostly done so by then.
   */
  private static final long PROMPT = 80_000_000;

  /** How long the answer after Enter may take, in ns: it must come before the seat lets go. */
  private static final long PROMPT_PATIENCE = 18_000_000;

  /** Looks that may be due after Enter; a key held down has three. */
  private static final int MOST_PROMPTS = 8;

  private static final int RETURN = 0xFF0D;
  private static final int KP_ENTER = 0xFF8D;

  private final TerminalWatch terminals;
  private final Timers timers;
  private final Supplier<Reach> reach;
  private final Runnable changed;
  private boolean hidden;
  private boolean focused;
  private boolean pausing;
  private int prompts;

  /**
   * @param changed what to do when a look finds another state while the field has the focus
   */
  public TerminalMark(
      TerminalWatch terminals, Timers timers, Supplier<Reach> reach, Runnable changed) {
    this.terminals = terminals;
    this.timers = timers;
    this.reach = reach;
    this.changed = changed;
  }

  /** What the last look found; what was never looked at hides. */
  public boolean hidden() {
    return hidden;
  }

  /** Whether nothing has to be looked at before what comes next is taken. */
  public boolean isUpToDate() {
    if (!focused) {
      return true;
    }
    TerminalAnswer now = terminals.now(reach.get());
    if (now != TerminalAnswer.UNKNOWN) {
      settle(now);
    }
    return now != TerminalAnswer.UNKNOWN;
  }

  /** Looks, then does what waits for that. */
  public void look(Runnable then) {
    look(PATIENCE, then);
  }

  private void look(long patience, Runnable then) {
    Reach asked = reach.get();
    terminals.ask(
        asked,
        patience,
        answer -> {
          if (focused && reach.get() != asked) {
            look(patience, then);
          } else {
            settle(answer);
            then.run();
          }
        });
  }

  /** A key was typed: what Enter starts may ask for a password. */
  public void typed(Key key) {
    if (!isReturn(key) || !focused || reach.get() == Reach.NONE) {
      return;
    }
    if (prompts >= MOST_PROMPTS) {
      settle(TerminalAnswer.HIDDEN);
      return;
    }
    prompts++;
    timers.after(
        PROMPT,
        () -> {
          prompts--;
          if (focused) {
            look(PROMPT_PATIENCE, () -> {});
          }
        });
  }

  private static boolean isReturn(Key key) {
    return key.keysym() == RETURN || key.keysym() == KP_ENTER;
  }

  /** The field gains the focus: until a look is over, it is what the last look said. */
  public void focus() {
    focused = true;
    terminals.focused(reach.get());
    recall();
  }

  /** The field has the focus no more. */
  public void unfocus() {
    focused = false;
  }

  /**
   * Takes what is known without a look: whose terminals concern the field may be another matter.
   */
  public void recall() {
    Reach now = reach.get();
    TerminalAnswer known = terminals.now(now);
    hidden =
        (known == TerminalAnswer.UNKNOWN ? terminals.last(now) : known) != TerminalAnswer.SHOWN;
  }

  /** Looks if the field has the focus. */
  public void refresh() {
    if (focused) {
      look(PATIENCE, () -> {});
    }
  }

  private void settle(TerminalAnswer answer) {
    boolean now = answer != TerminalAnswer.SHOWN;
    boolean other = now != hidden;
    hidden = now;
    if (!focused) {
      return;
    }
    if (other) {
      changed.run();
    }
    if (hidden && !pausing) {
      pausing = true;
      timers.after(
          PAUSE,
          () -> {
            pausing = false;
            refresh();
          });
    }
  }
}
