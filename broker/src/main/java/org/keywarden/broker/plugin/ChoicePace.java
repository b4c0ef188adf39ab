package org.keywarden.broker.plugin;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often the user may choose: an input method, a policy, a program that may be composed in. Each
 * choice is an entry of a log that is kept for a year and more, and whatever runs as the user can
 * make one. A person never gets there; above it a choice is refused, so that none is without its
 * entry.
 *
 * <p>Thread: the seat's.
 */
public final class ChoicePace {
  /** As many at once, and one more each {@link #EVERY}. */
  static final int AT_ONCE = 120;

  /** In ns. */
  static final long EVERY = Duration.ofSeconds(3).toNanos();

  private final LongSupplier clock;

  /** When all choices so far are paid for (the generic cell rate algorithm), in ns. */
  private long paid;

  /**
   * @param clock in ns
   */
  public ChoicePace(LongSupplier clock) {
    this.clock = clock;
    this.paid = clock.getAsLong();
  }

  /** Takes one; false if there is none left. */
  public boolean take() {
    long now = clock.getAsLong();
    if (paid - now > (AT_ONCE - 1) * EVERY) {
      return false;
    }
    paid = Math.max(paid, now) + EVERY;
    return true;
  }
}
