package org.keywarden.conformance;

/**
 * What came of one attack.
 *
 * @param passed whether the broker held
 * @param observed what was seen, for people
 */
public record Outcome(boolean passed, String observed) {
  static Outcome expect(String name, Object expected, Object actual) {
    return new Outcome(
        expected.equals(actual),
        name + ": " + actual + (expected.equals(actual) ? "" : ", expected " + expected));
  }

  static Outcome of(boolean passed, String observed) {
    return new Outcome(passed, observed);
  }

  Outcome and(Outcome other) {
    return new Outcome(passed && other.passed, observed + "; " + other.observed);
  }
}
