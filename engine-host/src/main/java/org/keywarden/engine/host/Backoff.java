package org.keywarden.engine.host;

import java.time.Duration;

/**
 * How long to wait before an engine is started again: longer each time, and not after a healthy
 * minute.
 */
final class Backoff {
  private static final long[] DELAYS = {0, 250, 1_000, 4_000, 16_000};
  private static final long HEALTHY = Duration.ofSeconds(60).toNanos();

  private int deaths;

  /**
   * An engine is gone.
   *
   * @param lived in ns, since it could be used; 0 if it never could
   * @return in ms
   */
  long afterDeath(long lived) {
    if (lived > HEALTHY) {
      deaths = 0;
    }
    return DELAYS[Math.min(deaths++, DELAYS.length - 1)];
  }
}
