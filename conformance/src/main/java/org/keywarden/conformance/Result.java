package org.keywarden.conformance;

import com.google.gson.Gson;

/**
 * One line of a run's report.
 *
 * @param millis how long the attack took, without starting the broker
 */
public record Result(
    String guarantee,
    String name,
    String description,
    boolean passed,
    String observed,
    long millis) {
  static Result of(Attack attack, Outcome outcome, long millis) {
    return new Result(
        attack.guarantee(),
        attack.name(),
        attack.description(),
        outcome.passed(),
        outcome.observed(),
        millis);
  }

  /** Returns the result as a JSON object, on one line. */
  public String json() {
    return new Gson().toJson(this);
  }
}
