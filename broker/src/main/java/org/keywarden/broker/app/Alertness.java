package org.keywarden.broker.app;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How the seat's thread waits for the next event: awake, for a moment, while an input method has a
 * key, asleep otherwise. An input method mostly answers within the time it takes to wake a sleeping
 * processor. What other threads hand to the seat meanwhile waits too. Used on the seat's thread
 * only.
 */
final class Alertness implements SelectStrategy {
  /** Spent at most for one key, in ns; longer, and the answer is not worth a processor. */
  static final long LONGEST = 100_000;

  private static final long NEVER = Long.MIN_VALUE;

  private final LongSupplier clock;
  private final boolean affordable;
  private long until = NEVER;

  /**
   * @param clock in ns
   * @param processors with one alone, nobody could answer while this thread is awake
   */
  Alertness(LongSupplier clock, int processors) {
    this.clock = clock;
    this.affordable = processors > 1;
  }

  /** A key has been shown to an input method. */
  void expectAnswer() {
    if (affordable) {
      until = clock.getAsLong() + LONGEST;
    }
  }

  @Override
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (hasTasks) {
      return selectNow.get();
    }
    while (until != NEVER) {
      int ready = selectNow.get();
      if (ready > 0 || clock.getAsLong() >= until) {
        until = NEVER;
        return ready > 0 ? ready : SelectStrategy.SELECT;
      }
      Thread.onSpinWait();
    }
    return SelectStrategy.SELECT;
  }
}
