package org.keywarden.broker.frontdoor.terminal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** One application's terminals. Seat's thread. */
public final class TerminalWatch {
  /** How old what was found may be before it is looked for again, in ns. */
  private static final long FRESH = 500_000_000;

  /** Whose terminals concern a field. */
  public enum Reach {
    /** None: the application is known to be no terminal. */
    NONE,

    /** Those the application's own processes have. */
    OWN,

    /** Those of the application, or if it has none, all of the user's. */
    OWN_OR_EVERY,

    /** All of the user's: the application speaks for others. */
    EVERY
  }

  private final Supplier<PseudoTerminals.Found> finder;
  private final Echo echo;
  private final Executor background;
  private final Executor seat;
  private final LongSupplier clock;
  private final List<Runnable> waiting = new ArrayList<>();
  private PseudoTerminals.Found found = new PseudoTerminals.Found(Set.of(), Set.of());
  private boolean known;
  private boolean looking;
  private boolean outdated;
  private long foundAt;

  /**
   * @param background where terminals are looked for
   * @param seat back to the seat's thread
   * @param clock in ns
   */
  TerminalWatch(
      Supplier<PseudoTerminals.Found> finder,
      Echo echo,
      Executor background,
      Executor seat,
      LongSupplier clock) {
    this.finder = finder;
    this.echo = echo;
    this.background = background;
    this.seat = seat;
    this.clock = clock;
  }

  /** One for what is certainly no terminal. */
  public static TerminalWatch none() {
    PseudoTerminals.Found nothing = new PseudoTerminals.Found(Set.of(), Set.of());
    TerminalWatch watch =
        new TerminalWatch(() -> nothing, terminal -> false, Runnable::run, Runnable::run, () -> 0);
    watch.lookAgain();
    return watch;
  }

  /** Whether terminals have been looked for at all. */
  public boolean known() {
    return known;
  }

  /** Whether a program in one of the terminals asks for a secret; true while nothing is known. */
  public boolean hidden(Reach reach) {
    if (reach == Reach.NONE) {
      return false;
    }
    refresh();
    return !known || anyHidden(reach);
  }

  private boolean anyHidden(Reach reach) {
    Set<Path> all =
        switch (reach) {
          case NONE -> Set.of();
          case OWN -> found.own();
          case OWN_OR_EVERY -> found.own().isEmpty() ? found.every() : found.own();
          case EVERY -> found.every();
        };
    for (Path terminal : all) {
      if (echo.hidden(terminal)) {
        return true;
      }
    }
    return false;
  }

  /** Runs it once terminals have been looked for; at once if they have. */
  public void whenKnown(Runnable action) {
    if (known) {
      action.run();
    } else {
      waiting.add(action);
    }
  }

  /** Looks for terminals in the background: a window just focused may have one more than before. */
  public void lookAgain() {
    if (looking) {
      outdated = true;
    } else {
      look();
    }
  }

  private void refresh() {
    if (!looking && (!known || clock.getAsLong() - foundAt >= FRESH)) {
      look();
    }
  }

  private void look() {
    looking = true;
    background.execute(
        () -> {
          PseudoTerminals.Found now = finder.get();
          seat.execute(() -> settle(now));
        });
  }

  private void settle(PseudoTerminals.Found now) {
    found = now;
    foundAt = clock.getAsLong();
    looking = false;
    known = true;
    if (outdated) {
      outdated = false;
      look();
    }
    List<Runnable> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(Runnable::run);
  }
}
