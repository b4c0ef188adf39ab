package org.keywarden.broker.frontdoor.terminal;

import java.util.Set;
import java.util.function.Consumer;
import org.keywarden.broker.look.Looks;

/** The terminals that concern one application. Seat's thread. */
public final class TerminalWatch {
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

  private final TerminalGroup own;
  private final TerminalGroup every;
  private final Consumer<Set<Object>> focused;
  private final Runnable end;

  /**
   * @param focused told which groups are looked at first
   * @param end once, when the application is gone
   */
  TerminalWatch(
      TerminalGroup own, TerminalGroup every, Consumer<Set<Object>> focused, Runnable end) {
    this.own = own;
    this.every = every;
    this.focused = focused;
    this.end = end;
  }

  /** One for what is certainly no terminal. */
  public static TerminalWatch none() {
    Terminals.Place nowhere =
        new Terminals.Place(
            terminals -> false, Runnable::run, Runnable::run, () -> 0, (delay, action) -> {});
    Looks looks = nowhere.looks();
    TerminalGroup empty = new TerminalGroup(() -> Found.NOTHING, nowhere, looks);
    empty.ask(0, answer -> {});
    return new TerminalWatch(empty, empty, group -> {}, () -> {});
  }

  /** What can be said without looking. */
  public TerminalAnswer now(Reach reach) {
    return switch (reach) {
      case NONE -> TerminalAnswer.SHOWN;
      case EVERY -> every.now();
      case OWN, OWN_OR_EVERY -> {
        TerminalAnswer answer = own.now();
        yield answer == TerminalAnswer.SHOWN && concerned(reach) == every ? every.now() : answer;
      }
    };
  }

  /** What the last look said, however long ago; unknown if there was none. */
  public TerminalAnswer last(Reach reach) {
    return reach == Reach.NONE ? TerminalAnswer.SHOWN : concerned(reach).last();
  }

  /**
   * Looks.
   *
   * @param patience in ns, after which a terminal is taken to hide what is typed
   * @param then told once, on the seat's thread: shown or hidden
   */
  public void ask(Reach reach, long patience, Consumer<TerminalAnswer> then) {
    TerminalAnswer now = now(reach);
    if (now != TerminalAnswer.UNKNOWN) {
      then.accept(now);
      return;
    }
    boolean ownFirst = reach != Reach.EVERY && own.now() == TerminalAnswer.UNKNOWN;
    if (!ownFirst) {
      every.ask(patience, then);
      return;
    }
    own.ask(
        patience,
        answer -> {
          if (answer == TerminalAnswer.SHOWN && concerned(reach) == every) {
            every.ask(patience, then);
          } else {
            then.accept(answer);
          }
        });
  }

  /** By what the last look at its own terminals found. */
  private TerminalGroup concerned(Reach reach) {
    return switch (reach) {
      case NONE, OWN -> own.closed() ? every : own;
      case OWN_OR_EVERY -> own.empty() ? every : own;
      case EVERY -> every;
    };
  }

  /** The application has the focus: its window may have a terminal more than before. */
  public void focused(Reach reach) {
    if (reach == Reach.NONE) {
      return;
    }
    TerminalGroup group = concerned(reach);
    own.outdate();
    group.outdate();
    focused.accept(group == own ? Set.of(own) : Set.of(own, group));
  }

  /** The application is gone. */
  public void end() {
    end.run();
  }
}
