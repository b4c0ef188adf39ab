package org.keywarden.audit.verify;

import java.util.List;

/**
 * What verification found.
 *
 * @param size entries under the checkpoint
 * @param minimum first entry that is kept
 * @param unsigned entries that are durable and not under the checkpoint yet
 * @param problems each names its place; none if the log holds
 * @param proved sentences
 * @param unproved what this verification cannot show, sentences
 */
public record Verdict(
    long size,
    long minimum,
    long unsigned,
    List<String> problems,
    List<String> proved,
    List<String> unproved) {
  public Verdict {
    problems = List.copyOf(problems);
    proved = List.copyOf(proved);
    unproved = List.copyOf(unproved);
  }

  public boolean holds() {
    return problems.isEmpty();
  }
}
