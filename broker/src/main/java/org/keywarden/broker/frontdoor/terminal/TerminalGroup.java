package org.keywarden.broker.frontdoor.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.look.Looks;

/**
 * Terminals that are looked at together: one application's, or all of the user's. What is known of
 * them has an age; beyond it, and while a look takes too long, they count as hiding what is typed.
 * Seat's thread.
 */
final class TerminalGroup {
  /** How old what was found may be before it is looked for again, in ns. */
  static final long FRESH = 500_000_000;

  /** How old it may be to be believed, in ns. */
  static final long AGE = 1_000_000_000;

  private final Supplier<Found> finder;
  private final Terminals.Place place;
  private final Looks looks;
  private final List<Waiting> waiting = new ArrayList<>();
  private Found found = Found.NOTHING;
  private boolean known;
  private long foundAt;

  /** What was found before is believed no more. */
  private long outdated = Long.MIN_VALUE;

  private boolean hidden = true;
  private Looks.@Nullable Look look;
  private boolean looking;
  private long lookBegan;
  private boolean late;
  private @Nullable Long alarm;

  /**
   * Who waits for an answer.
   *
   * @param oldest when the search for what is looked at may have begun
   */
  private record Waiting(long since, long until, long oldest, Consumer<TerminalAnswer> then) {}

  TerminalGroup(Supplier<Found> finder, Terminals.Place place, Looks looks) {
    this.finder = finder;
    this.place = place;
    this.looks = looks;
  }

  /** What can be said without looking. */
  TerminalAnswer now() {
    if (late) {
      return TerminalAnswer.HIDDEN;
    }
    if (isTooOld()) {
      return TerminalAnswer.UNKNOWN;
    }
    if (age() >= FRESH && !looking) {
      look(true);
    }
    return said();
  }

  /** By what was found, for as long as that may be believed. */
  private TerminalAnswer said() {
    if (found.extent() == Found.Extent.TOO_MUCH) {
      return TerminalAnswer.HIDDEN;
    }
    return found.terminals().isEmpty() ? TerminalAnswer.SHOWN : TerminalAnswer.UNKNOWN;
  }

  /** What the last look said, however long ago; unknown if there was none. */
  TerminalAnswer last() {
    if (!known) {
      return TerminalAnswer.UNKNOWN;
    }
    return late || hidden ? TerminalAnswer.HIDDEN : TerminalAnswer.SHOWN;
  }

  /** Whether there are certainly none, or what there is keeps itself closed; by the last look. */
  boolean empty() {
    return known && found.extent() != Found.Extent.TOO_MUCH && found.terminals().isEmpty();
  }

  /** Whether it was not let in, by the last look. */
  boolean closed() {
    return known && found.extent() == Found.Extent.CLOSED;
  }

  /** What was found may have changed: it is believed no more. */
  void outdate() {
    outdated = place.clock().getAsLong();
  }

  /**
   * Looks.
   *
   * @param patience in ns, after which they count as hiding
   * @param then told once: what a look that began now or later says
   */
  void ask(long patience, Consumer<TerminalAnswer> then) {
    if (late) {
      then.accept(TerminalAnswer.HIDDEN);
      return;
    }
    long since = place.clock().getAsLong();
    waiting.add(new Waiting(since, since + patience, outdated, then));
    wake(since + patience);
    if (!looking) {
      look(isTooOld());
    }
  }

  private long age() {
    return place.clock().getAsLong() - foundAt;
  }

  private boolean isTooOld() {
    return !known || foundAt < outdated || age() > AGE;
  }

  private void look(boolean search) {
    lookBegan = place.clock().getAsLong();
    looking = true;
    Found before = found;
    Looks.Look begun =
        looks.begin(
            this,
            () -> {
              Found now = search ? searched() : before;
              boolean hides = now.extent() == Found.Extent.TOO_MUCH || anyHides(now);
              return () -> settle(search, now, hides);
            });
    if (looking) {
      look = begun;
    }
  }

  private Found searched() {
    try {
      return finder.get();
    } catch (RuntimeException unforeseen) {
      return Found.TOO_MUCH;
    }
  }

  private boolean anyHides(Found in) {
    try {
      return place.echo().hidden(in.terminals());
    } catch (RuntimeException unforeseen) {
      return true;
    }
  }

  private void settle(boolean searched, Found now, boolean hides) {
    looking = false;
    look = null;
    late = false;
    hidden = hides;
    if (searched) {
      found = now;
      foundAt = lookBegan;
      known = true;
    }
    tell();
    if (looking) {
      return;
    }
    if (!waiting.isEmpty()) {
      look(isTooOld());
    } else if (!searched && age() >= FRESH) {
      look(true);
    }
  }

  /** Where there is nothing to ask, the age of what was found is all that counts. */
  private void tell() {
    List<Waiting> all = List.copyOf(waiting);
    waiting.clear();
    List<Runnable> told = new ArrayList<>();
    for (Waiting each : all) {
      TerminalAnswer answer = answer(each);
      if (answer == TerminalAnswer.UNKNOWN) {
        waiting.add(each);
      } else {
        told.add(() -> each.then.accept(answer));
      }
    }
    told.forEach(Runnable::run);
  }

  private TerminalAnswer answer(Waiting to) {
    if (foundAt < to.oldest || age() > AGE) {
      return TerminalAnswer.UNKNOWN;
    }
    TerminalAnswer said = said();
    if (said != TerminalAnswer.UNKNOWN || lookBegan < to.since) {
      return said;
    }
    return hidden ? TerminalAnswer.HIDDEN : TerminalAnswer.SHOWN;
  }

  private void wake(long at) {
    if (alarm == null || alarm > at) {
      alarm = at;
      place.later().after(at - place.clock().getAsLong(), () -> rung(at));
    }
  }

  private void rung(long at) {
    if (alarm == null || alarm != at) {
      return;
    }
    alarm = null;
    long now = place.clock().getAsLong();
    List<Waiting> over = waiting.stream().filter(each -> each.until <= now).toList();
    waiting.removeAll(over);
    waiting.stream().mapToLong(Waiting::until).min().ifPresent(this::wake);
    if (over.isEmpty()) {
      return;
    }
    late = looking;
    over.forEach(each -> each.then.accept(TerminalAnswer.HIDDEN));
  }

  /** Nobody asks any more; whether it can be forgotten, since no look is under way. */
  boolean end() {
    waiting.clear();
    if (look != null && look.cancel()) {
      look = null;
      looking = false;
    }
    return !looking;
  }
}
