package org.keywarden.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long somebody's keys waited for their answers. Filled and read by one thread. */
final class Toll {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double HIGH = 0.99;

  private final List<Double> millis = new ArrayList<>();

  void add(long nanos) {
    millis.add(nanos / NANOS_PER_MILLI);
  }

  int keys() {
    return millis.size();
  }

  /** What 99 of 100 keys wait at most, in ms; of fewer than 100, the slowest but none. */
  double high() {
    return at(HIGH);
  }

  double median() {
    return at(1.0 / 2);
  }

  double worst() {
    return at(1);
  }

  private double at(double part) {
    if (millis.isEmpty()) {
      return Double.POSITIVE_INFINITY;
    }
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return sorted.get(Math.min(sorted.size() - 1, (int) Math.ceil(part * sorted.size()) - 1));
  }

  @Override
  public String toString() {
    return String.format(
        "%d keys, median %.1f ms, p99 %.1f ms, worst %.1f ms", keys(), median(), high(), worst());
  }
}
