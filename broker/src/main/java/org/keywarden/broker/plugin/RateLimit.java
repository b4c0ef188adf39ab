package org.keywarden.broker.plugin;

import java.time.Duration;

/** A token bucket. Time is given, in ns. */
final class RateLimit {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final long perSecond;
  private final long burst;
  private long left;
  private long since;

  RateLimit(long perSecond, long burst, long now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.left = burst;
    this.since = now;
  }

  /** Whether one more is within the limit. */
  boolean take(long now) {
    long earned = (now - since) / (SECOND / perSecond);
    if (earned > 0) {
      left = Math.min(burst, left + earned);
      since += earned * (SECOND / perSecond);
    }
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  /** Allows one more beyond what time earns, but no more than a burst in all. */
  void give() {
    left = Math.min(burst, left + 1);
  }
}
