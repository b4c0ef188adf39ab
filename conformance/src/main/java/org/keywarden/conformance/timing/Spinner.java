package org.keywarden.conformance.timing;

/**
 * Looks at the clock all the time: what is missing between two looks, somebody else had the
 * processor. One thread.
 */
final class Spinner {
  /** Shorter gaps are the loop's own. */
  private static final long LEAST_GAP = 4_000;

  private final Series gaps;
  private long last = System.nanoTime();

  Spinner(int number) {
    this.gaps = new Series("gaps in a busy loop, thread " + (number + 1));
  }

  Series gaps() {
    return gaps;
  }

  /** Goes on from here after something else took the time. */
  void resume() {
    last = System.nanoTime();
  }

  /** Looks until {@code until}, in ns of {@link System#nanoTime}. */
  void spin(long until) {
    long now = last;
    while (now < until) {
      now = System.nanoTime();
      if (now - last >= LEAST_GAP) {
        gaps.add(now, now - last);
      }
      last = now;
    }
  }
}
