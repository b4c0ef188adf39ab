package org.keywarden.broker;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.opentest4j.AssertionFailedError;

/** Bounded waits for what another thread or process does. */
public final class Await {
  /** Longer than a busy machine takes to start a process. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    if (!within(PATIENCE, condition)) {
      throw new AssertionFailedError("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
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
