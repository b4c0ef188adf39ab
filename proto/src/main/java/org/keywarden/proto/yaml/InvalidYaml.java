package org.keywarden.proto.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** A file that is not what its schema asks for. The message has a line for each problem. */
public final class InvalidYaml extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  InvalidYaml(String fileName, List<Problem> problems) {
    super(problems.stream().map(problem -> problem.in(fileName)).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
