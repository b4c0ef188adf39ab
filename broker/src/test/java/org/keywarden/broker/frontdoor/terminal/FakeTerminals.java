package org.keywarden.broker.frontdoor.terminal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongSupplier;
import org.keywarden.broker.look.Looks;

/** One terminal of the application, one of another; a search and what follows it run when told. */
public final class FakeTerminals {
  private static final Terminal OWN = Terminal.ours(1);
  private static final Terminal ELSEWHERE = Terminal.ours(2);

  private final Queue<Runnable> background = new ArrayDeque<>();
  private boolean hidden;
  private boolean hiddenElsewhere;
  private boolean atOnce;
  private long passed;
  private final Terminals terminals;

  /**
   * @param later takes what is to be done at a time
   * @param clock in ns
   */
  public FakeTerminals(Looks.Later later, LongSupplier clock) {
    terminals =
        new Terminals(
            pid -> new Found(Set.of(OWN), Found.Extent.ALL),
            () -> new Found(Set.of(OWN, ELSEWHERE), Found.Extent.ALL),
            new Terminals.Place(
                asked ->
                    (hidden && asked.contains(OWN))
                        || (hiddenElsewhere && asked.contains(ELSEWHERE)),
                this::work,
                Runnable::run,
                () -> clock.getAsLong() + passed,
                later));
  }

  /** The real ones of a user, none of which hides what is typed. */
  public static Terminals open(int user) {
    return new Terminals(
        user,
        new Terminals.Place(
            terminals -> false, Runnable::run, Runnable::run, () -> 0, (delay, action) -> {}));
  }

  private void work(Runnable look) {
    if (atOnce) {
      look.run();
    } else {
      background.add(look);
    }
  }

  /** For the client under test. */
  public TerminalWatch watch() {
    return terminals.of(1);
  }

  /** Finishes the looks under way; those that follow are over as soon as they begin. */
  public void search() {
    atOnce = true;
    while (!background.isEmpty()) {
      background.remove().run();
    }
  }

  /** From now on looks last until the next {@link #search}. */
  public void stall() {
    atOnce = false;
  }

  /** Time passes, in ns; whoever waits for it is not told. */
  public void pass(long time) {
    passed += time;
  }

  /** The application's own terminal hides what is typed, or shows it. */
  public void hide(boolean is) {
    hidden = is;
  }

  /** Another application's terminal hides what is typed, or shows it. */
  public void hideElsewhere(boolean is) {
    hiddenElsewhere = is;
  }
}
