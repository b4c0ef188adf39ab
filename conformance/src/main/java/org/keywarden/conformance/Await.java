package org.keywarden.conformance;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Bounded waits for what another process does. */
public final class Await {
  /** Longer than every deadline of the broker and a slow machine's pauses together. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final long STEP = Duration.ofMillis(1).toNanos();

  private Await() {}

  /** A question that may fail because what it asks about is not there yet. */
  public interface Condition {
    boolean holds() throws Unsettled;
  }

  /** Asks until it is so. */
  public static void until(
      String what, Duration patience, Condition condition, Supplier<String> instead)
      throws Unsettled {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new Unsettled(
            "no " + what + " within " + patience.toMillis() + " ms; instead: " + instead.get());
      }
      LockSupport.parkNanos(STEP);
    }
  }
}
