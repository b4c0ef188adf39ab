package org.keywarden.conformance.timing;

import java.util.Arrays;

/** Something seen again and again: when, and how much. Filled by one thread, then read. */
final class Series {
  private final String name;
  private long[] times = new long[64];
  private long[] amounts = new long[64];
  private int size;

  /**
   * @param name for people
   */
  Series(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * @param time in ns of {@link System#nanoTime}, not before the last one
   */
  void add(long time, long amount) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      amounts = Arrays.copyOf(amounts, 2 * size);
    }
    times[size] = time;
    amounts[size] = amount;
    size++;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  long time(int index) {
    return times[index];
  }

  long amount(int index) {
    return amounts[index];
  }

  /** Its amounts, least first. */
  long[] sortedAmounts() {
    long[] sorted = Arrays.copyOf(amounts, size);
    Arrays.sort(sorted);
    return sorted;
  }
}
