package org.keywarden.broker.frontdoor.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where looks are made, each in a thread of its own: a few at once, the focused application's
 * first. One that takes too long is left to itself and counts no more among those few, so that it
 * delays nobody else's; there is a bound for these too. Seat's thread.
 */
final class Looks {
  /** Looks at once that are in time; one place of them is for the focused application alone. */
  static final int AT_ONCE = 2;

  /** Looks at once, those that take too long among them. */
  static final int MOST = 64;

  /** What a look may take, in ns. */
  static final long LIMIT = 100_000_000;

  private final Terminals.Place place;
  private final List<Look> waiting = new ArrayList<>();
  private final List<Look> running = new ArrayList<>();
  private int overdue;
  private boolean watching;
  private Set<Object> first = Set.of();

  Looks(Terminals.Place place) {
    this.place = place;
  }

  /** One look; it ends when the kernel lets it. */
  final class Look {
    private final Object owner;
    private final Supplier<Runnable> work;
    private long began;
    private boolean late;

    private Look(Object owner, Supplier<Runnable> work) {
      this.owner = owner;
      this.work = work;
    }

    /** Nobody needs it any more; false if it has begun. */
    boolean cancel() {
      return waiting.remove(this);
    }

    private void begin() {
      began = place.clock().getAsLong();
      running.add(this);
      place
          .workers()
          .execute(
              () -> {
                Runnable outcome = work.get();
                place.seat().execute(() -> end(outcome));
              });
    }

    private void end(Runnable outcome) {
      running.remove(this);
      if (late) {
        overdue--;
      }
      outcome.run();
      next();
    }
  }

  /**
   * Makes a look, now or when it is its turn.
   *
   * @param owner has one at a time
   * @param work runs on a thread of its own; gives what to do with the outcome on the seat's
   */
  Look begin(Object owner, Supplier<Runnable> work) {
    Look look = new Look(owner, work);
    waiting.add(look);
    next();
    return look;
  }

  /** From now on the looks of these owners come first. */
  void first(Set<Object> owners) {
    first = owners;
    next();
  }

  private void next() {
    Look look = turn();
    while (look != null) {
      waiting.remove(look);
      look.begin();
      look = turn();
    }
    if (!watching && running.size() > overdue) {
      watching = true;
      place.later().after(LIMIT, this::leaveLateOnes);
    }
  }

  private @Nullable Look turn() {
    int inTime = running.size() - overdue;
    if (running.size() >= MOST || inTime >= AT_ONCE) {
      return null;
    }
    for (Look each : waiting) {
      if (first.contains(each.owner)) {
        return each;
      }
    }
    return waiting.isEmpty() || inTime >= AT_ONCE - 1 ? null : waiting.getFirst();
  }

  private void leaveLateOnes() {
    watching = false;
    long now = place.clock().getAsLong();
    for (Look each : running) {
      if (!each.late && now - each.began >= LIMIT) {
        each.late = true;
        overdue++;
      }
    }
    next();
  }
}
