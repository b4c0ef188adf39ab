package org.keywarden.conformance.stranger;

import java.util.concurrent.TimeUnit;

/**
 * How long the stranger may go on, so that a machine that is slow makes an attack smaller and not a
 * run longer. Counted from the start of its process.
 */
final class Time {
  private static final long START = System.nanoTime();
  private static final long SECONDS = Long.getLong("keywarden.stranger.seconds", 5);

  private Time() {}

  static boolean over() {
    return System.nanoTime() - START > TimeUnit.SECONDS.toNanos(SECONDS);
  }

  /** Whether a part of that time is over, for what knows no count. */
  static boolean over(double part) {
    return System.nanoTime() - START > part * TimeUnit.SECONDS.toNanos(SECONDS);
  }
}
