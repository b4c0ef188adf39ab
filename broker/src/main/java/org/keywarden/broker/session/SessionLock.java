package org.keywarden.broker.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the screen is locked, of all sources together: it is if any says so. It counts as locked
 * at first, until every source has said something or is known not to be there. Thread: the
 * session's; {@link #reports} any.
 */
final class SessionLock {
  /**
   * In ms, how long a lock lasts at least: a source that says one thing and then the other as fast
   * as it can ends no more grants than this allows.
   */
  static final long LEAST = 250;

  /** Who is told. */
  interface Seat {
    void lock(boolean locked);

    void resumed();
  }

  /** Runs something later, after a delay in ms. */
  interface Timer {
    void after(long delay, Runnable action);
  }

  private final Seat seat;
  private final Timer timer;
  private final LongSupplier clock;
  private final List<LockSource> sources = new ArrayList<>();
  private volatile List<SourceReport> reports = List.of();
  private boolean locked = true;
  private boolean opening;

  /** In ns. */
  private long lockedAt;

  /**
   * @param seat was told of a lock already
   * @param clock in ns
   */
  SessionLock(Seat seat, Timer timer, LongSupplier clock) {
    this.seat = seat;
    this.timer = timer;
    this.clock = clock;
    this.lockedAt = clock.getAsLong() - TimeUnit.MILLISECONDS.toNanos(LEAST);
  }

  /** A new source; before any of them changes. */
  LockSource source(String name) {
    LockSource made = new LockSource(name, this::changed);
    sources.add(made);
    report();
    return made;
  }

  /** What each source says. */
  List<SourceReport> reports() {
    return reports;
  }

  private void report() {
    reports = sources.stream().map(each -> new SourceReport(each.name(), each.state())).toList();
  }

  private void changed() {
    report();
    if (!anyLocks()) {
      open();
    } else if (!locked) {
      locked = true;
      lockedAt = clock.getAsLong();
      seat.lock(true);
    }
  }

  private boolean anyLocks() {
    return sources.stream().anyMatch(each -> each.state().locks());
  }

  private void open() {
    if (!locked || opening) {
      return;
    }
    long lasted = TimeUnit.NANOSECONDS.toMillis(clock.getAsLong() - lockedAt);
    if (lasted >= LEAST) {
      locked = false;
      seat.lock(false);
    } else {
      opening = true;
      timer.after(
          LEAST - lasted,
          () -> {
            opening = false;
            if (!anyLocks()) {
              open();
            }
          });
    }
  }

  void resumed() {
    seat.resumed();
  }
}
