package org.keywarden.broker.process;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalLong;

/**
 * When to start a process again: after 0, 0.25, 1, 4, 16 s; never after five deaths within a
 * minute.
 */
final class Backoff {
  private static final long[] DELAYS_MS = {0, 250, 1_000, 4_000, 16_000};
  private static final long WINDOW = Duration.ofSeconds(60).toNanos();
  private static final int MOST_DEATHS = 5;

  private final ArrayDeque<Long> deaths = new ArrayDeque<>();

  /**
   * Notes a death.
   *
   * @param now in ns
   * @return how long to wait before the next start, in ns; empty for never
   */
  OptionalLong died(long now) {
    while (!deaths.isEmpty() && now - deaths.peekFirst() > WINDOW) {
      deaths.removeFirst();
    }
    deaths.addLast(now);
    return deaths.size() >= MOST_DEATHS
        ? OptionalLong.empty()
        : OptionalLong.of(Duration.ofMillis(DELAYS_MS[deaths.size() - 1]).toNanos());
  }

  void forgive() {
    deaths.clear();
  }
}
