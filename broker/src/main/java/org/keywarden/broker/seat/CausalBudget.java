package org.keywarden.broker.seat;

/** What the user's own keys and clicks pay for: an input method acts only in answer to them. */
final class CausalBudget {
  /** Actions one cause pays for: room for a conversion that commits, deletes, and redraws. */
  private static final int PER_CAUSE = 16;

  private static final int MOST = 64;

  private final long window;
  private long lastCause;
  private int left;

  /**
   * @param window how long a cause pays, in ns
   */
  CausalBudget(long window) {
    this.window = window;
  }

  void cause(long now) {
    lastCause = now;
    left = Math.min(MOST, left + PER_CAUSE);
  }

  boolean spend(long now) {
    if (left == 0 || now - lastCause > window) {
      return false;
    }
    left--;
    return true;
  }

  /** Causes no longer pay, whenever they were. */
  void clear() {
    left = 0;
  }
}
