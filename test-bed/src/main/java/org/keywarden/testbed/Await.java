package org.keywarden.testbed;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Bounded waits for what another thread or process does. */
public final class Await {
  /** Longer than a busy machine takes to start a browser. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long STEP = Duration.ofMillis(1).toNanos();

  private Await() {}

  /** What may come to hold. */
  public interface Condition<E extends Exception> {
    boolean holds() throws E;
  }

  /**
   * Waits until it holds.
   *
   * @param what for the failure's message
   */
  public static <E extends Exception> void until(String what, Condition<E> condition) throws E {
    until(what, condition, () -> "nothing");
  }

  /**
   * As above.
   *
   * @param instead what is so, for the failure's message
   */
  public static <E extends Exception> void until(
      String what, Condition<E> condition, Supplier<?> instead) throws E {
    until(what, PATIENCE, condition, instead);
  }

  /** As above, for as long as is said. */
  public static <E extends Exception> void until(
      String what, Duration patience, Condition<E> condition, Supplier<?> instead) throws E {
    if (!within(patience, condition)) {
      throw new AssertionError(
          "no " + what + " within " + patience.toMillis() + " ms; instead: " + instead.get());
    }
  }

  /** Whether it comes to hold in time. */
  public static <E extends Exception> boolean within(Duration patience, Condition<E> condition)
      throws E {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(STEP);
    }
    return true;
  }
}
