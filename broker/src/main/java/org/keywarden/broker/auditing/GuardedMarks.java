package org.keywarden.broker.auditing;

import java.util.function.Consumer;

/**
 * When keys of a guarded field began and ceased to go past every input method, for the record. An
 * application may switch faster than anyone types; what comes and goes within a crowded second is
 * left out, and the state at the end of that second is not.
 *
 * <p>Thread: the log's.
 */
final class GuardedMarks {
  static final int MOST_PER_SECOND = 50;

  private final Consumer<Boolean> record;
  private boolean actual;
  private boolean recorded;
  private int left = MOST_PER_SECOND;

  GuardedMarks(Consumer<Boolean> record) {
    this.record = record;
  }

  void happened(boolean entered) {
    actual = entered;
    settle();
  }

  /** A second has passed. */
  void tick() {
    left = MOST_PER_SECOND;
    settle();
  }

  private void settle() {
    if (actual != recorded && left > 0) {
      left--;
      recorded = actual;
      record.accept(actual);
    }
  }
}
