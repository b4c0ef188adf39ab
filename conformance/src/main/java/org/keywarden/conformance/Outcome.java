package org.keywarden.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of one attack.
 *
 * @param passed whether the broker held
 * @param observed what was seen, for people
 * @param figures what was measured, by name
 */
public record Outcome(boolean passed, String observed, Map<String, Double> figures) {
  public Outcome {
    // Kept in order, which Map.copyOf does not.
    figures = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  static Outcome expect(String name, Object expected, Object actual) {
    return of(
        expected.equals(actual),
        name + ": " + actual + (expected.equals(actual) ? "" : ", expected " + expected));
  }

  static Outcome of(boolean passed, String observed) {
    return new Outcome(passed, observed, Map.of());
  }

  /** A figure and the most it may be. */
  static Outcome atMost(String name, double most, double actual) {
    boolean passed = actual <= most;
    return new Outcome(
        passed,
        name + ": " + shown(actual) + (passed ? "" : ", at most " + shown(most)),
        Map.of(name, actual));
  }

  /** A figure and the least it must be. */
  static Outcome atLeast(String name, double least, double actual) {
    boolean passed = actual >= least;
    return new Outcome(
        passed,
        name + ": " + shown(actual) + (passed ? "" : ", at least " + shown(least)),
        Map.of(name, actual));
  }

  private static String shown(double figure) {
    return String.format("%.1f", figure);
  }

  Outcome and(Outcome other) {
    Map<String, Double> both = new LinkedHashMap<>(figures);
    both.putAll(other.figures);
    return new Outcome(passed && other.passed, observed + "; " + other.observed, both);
  }
}
