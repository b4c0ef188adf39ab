package org.keywarden.policy;

import java.util.List;
import java.util.stream.Collectors;
import org.keywarden.proto.yaml.Problem;

/**
 * A policy that cannot be used. The message has {@code name:line:column: reason} for each problem.
 */
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  PolicyException(String name, List<Problem> problems) {
    super(problems.stream().map(problem -> problem.in(name)).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
