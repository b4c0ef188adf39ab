package org.keywarden.conformance;

import com.google.gson.Gson;
import java.util.Map;

/**
 * One line of a run's report.
 *
 * @param figures what was measured, by name
 * @param millis how long the attack took, without starting the broker
 */
public record Result(
    String guarantee,
    String name,
    String description,
    boolean passed,
    String observed,
    Map<String, Double> figures,
    long millis) {
  static Result of(Attack attack, Outcome outcome, long millis) {
    return new Result(
        attack.guarantee(),
        attack.name(),
        attack.description(),
        outcome.passed(),
        outcome.observed(),
        outcome.figures(),
        millis);
  }

  /** Returns the result as a JSON object, on one line. */
  public String json() {
    return new Gson().toJson(this);
  }
}
