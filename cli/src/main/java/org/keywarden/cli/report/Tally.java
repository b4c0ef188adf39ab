package org.keywarden.cli.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sums by name. Names come from the log and could be any number: what comes after the first so many
 * is summed together.
 */
final class Tally<K, T extends Tally.Total> {
  /** What is summed for a name. */
  interface Total {
    /** What the rows are ordered by, most first. */
    long weight();
  }

  private final int most;
  private final Supplier<T> empty;
  private final Map<K, T> totals = new LinkedHashMap<>();
  private final T others;
  private long unnamed;

  /**
   * @param most names that are told apart
   */
  Tally(int most, Supplier<T> empty) {
    this.most = most;
    this.empty = empty;
    this.others = empty.get();
  }

  /** The sum of a name, or of all others. */
  T of(K name) {
    T known = totals.get(name);
    if (known != null) {
      return known;
    }
    if (totals.size() == most) {
      unnamed++;
      return others;
    }
    T total = empty.get();
    totals.put(name, total);
    return total;
  }

  /** Those with most first; of equals the one that came first. */
  List<Map.Entry<K, T>> rows() {
    return totals.entrySet().stream()
        .sorted(Comparator.comparingLong(row -> -row.getValue().weight()))
        .toList();
  }

  /** What was not told apart; meaningless unless {@link #hasOthers}. */
  T others() {
    return others;
  }

  boolean isOthers(T total) {
    return total == others;
  }

  boolean hasOthers() {
    return unnamed > 0;
  }

  int size() {
    return totals.size();
  }

  /** A sum that ends at the largest number instead of beginning anew: logs may say anything. */
  static long sum(long left, long right) {
    long positive = right < 0 ? Long.MAX_VALUE : right;
    long sum = left + positive;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /** A number of something. */
  static final class Count implements Total {
    private long count;

    void add(long more) {
      count = sum(count, more);
    }

    long count() {
      return count;
    }

    @Override
    public long weight() {
      return count;
    }
  }
}
