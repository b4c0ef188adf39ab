package org.keywarden.broker.auditing;

import java.util.function.Consumer;

/**
 * How a state changed, for the record. An application can make it change faster than anyone types;
 * of what comes and goes in a crowded time the middle is left out, and how it ends is not.
 *
 * <p>Thread: the log's.
 */
final class Marks<S> {
  /** At once; one more each second. */
  static final int AT_ONCE = 50;

  private final Consumer<S> record;
  private S actual;
  private S recorded;
  private int left = AT_ONCE;

  Marks(S first, Consumer<S> record) {
    this.actual = first;
    this.recorded = first;
    this.record = record;
  }

  void happened(S now) {
    actual = now;
    settle();
  }

  /** A second has passed. */
  void tick() {
    left = Math.min(AT_ONCE, left + 1);
    settle();
  }

  private void settle() {
    if (!actual.equals(recorded) && left > 0) {
      left--;
      recorded = actual;
      record.accept(actual);
    }
  }
}
