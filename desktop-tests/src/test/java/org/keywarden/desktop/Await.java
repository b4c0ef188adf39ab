package org.keywarden.desktop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/** Bounded waits for what another process does. */
final class Await {
  /** Longer than a busy machine takes to start a browser. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long STEP = Duration.ofMillis(2).toNanos();

  private Await() {}

  static void until(String what, BooleanSupplier condition, Supplier<?> instead) {
    until(what, PATIENCE, condition, instead);
  }

  static void until(
      String what, Duration patience, BooleanSupplier condition, Supplier<?> instead) {
    if (!within(patience, condition)) {
      throw new AssertionFailedError(
          "no " + what + " within " + patience.toMillis() + " ms; instead: " + instead.get());
    }
  }

  /** Whether it comes to hold in time. */
  static boolean within(Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(STEP);
    }
    return true;
  }
}
