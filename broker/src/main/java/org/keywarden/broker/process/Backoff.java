package org.keywarden.broker.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * When to start a process again, or to connect again: after 0, 0.25, 1, 4, then 16 s each, up to a
 * quarter more at random so that what died together does not start together. A run of a minute
 * begins the row anew. Five deaths within a minute are enough, except for what must always come
 * back.
 */
public final class Backoff {
  /** How patient to be with a process. */
  public enum Patience {
    /** Gives up at the fifth death within a minute. */
    LIMITED,
    /** Never gives up, and waits a second at most. */
    ENDLESS,
    /** Never gives up, and waits as long as the row says. */
    UNHURRIED
  }

  private static final long[] DELAYS_MS = {0, 250, 1_000, 4_000, 16_000};
  private static final int LAST_IF_ENDLESS = 2;
  private static final long HEALTHY = Duration.ofSeconds(60).toNanos();
  private static final long WINDOW = Duration.ofSeconds(60).toNanos();
  private static final int MOST_DEATHS = 5;
  private static final double JITTER = 0.25;

  private final Patience patience;
  private final RandomGenerator random;
  private final ArrayDeque<Long> deaths = new ArrayDeque<>();
  private long startedAt;
  private int step;

  /**
   * @param random for the jitter
   */
  public Backoff(Patience patience, RandomGenerator random) {
    this.patience = patience;
    this.random = random;
  }

  /**
   * Notes a start.
   *
   * @param now in ns
   */
  public void started(long now) {
    startedAt = now;
  }

  /**
   * Notes a death.
   *
   * @param now in ns
   * @return how long to wait before the next start, in ns; empty for never
   */
  public OptionalLong died(long now) {
    if (now - startedAt >= HEALTHY) {
      step = 0;
    }
    while (!deaths.isEmpty() && now - deaths.peekFirst() > WINDOW) {
      deaths.removeFirst();
    }
    deaths.addLast(now);
    if (deaths.size() > MOST_DEATHS) {
      deaths.removeFirst();
    }
    int last =
        switch (patience) {
          case LIMITED, UNHURRIED -> DELAYS_MS.length - 1;
          case ENDLESS -> LAST_IF_ENDLESS;
        };
    if (patience == Patience.LIMITED && deaths.size() == MOST_DEATHS) {
      return OptionalLong.empty();
    }
    long delay = Duration.ofMillis(DELAYS_MS[Math.min(step, last)]).toNanos();
    step = Math.min(step + 1, last);
    return OptionalLong.of(delay + (long) (delay * JITTER * random.nextDouble()));
  }

  /** The deaths so far do not count. */
  public void forgive() {
    deaths.clear();
    step = 0;
  }
}
