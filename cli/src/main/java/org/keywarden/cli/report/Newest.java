package org.keywarden.cli.report;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;

/** The last so many of a row of things, and how many there were. */
final class Newest<T> {
  private final int most;
  private final Deque<T> kept = new ArrayDeque<>();
  private long count;

  Newest(int most) {
    this.most = most;
  }

  void add(T next) {
    count++;
    kept.addLast(next);
    if (kept.size() > most) {
      kept.removeFirst();
    }
  }

  /** Oldest first. */
  Collection<T> kept() {
    return kept;
  }

  long count() {
    return count;
  }
}
