package org.keywarden.broker.auditing;

import java.util.function.Consumer;

/**
 * How a state changed, for the record. An application can make it change faster than anyone types;
 * of what comes and goes in a crowded time the middle is left out and counted; how it ends is not
 * left out.
 *
 * <p>Thread: the log's.
 */
final class Marks<S> {
  /** At once; one more each second. */
  static final int AT_ONCE = 50;

  private final Consumer<S> record;
  private S actual;
  private S recorded;

  /** Changes that have no record. */
  private long open;

  private int left = AT_ONCE;

  Marks(S first, Consumer<S> record) {
    this.actual = first;
    this.recorded = first;
    this.record = record;
  }

  void happened(S now) {
    happened(now, now.equals(actual) ? 0 : 1);
  }

  /**
   * @param changes since it was told last, the one to {@code now} among them
   */
  void happened(S now, long changes) {
    open += changes;
    actual = now;
    settle();
  }

  /** How many changes were left out since this was asked last. */
  long leftOut() {
    long toCome = actual.equals(recorded) ? 0 : 1;
    long left = open - toCome;
    open = toCome;
    return left;
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
      open--;
      record.accept(actual);
    }
  }
}
