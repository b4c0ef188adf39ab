package org.keywarden.broker.seat;

import java.util.List;

/** Candidates to choose from; none hides them. */
public record Candidates(List<String> texts, int selected) {
  /** No candidates. */
  public static final Candidates NONE = new Candidates(List.of(), 0);

  public Candidates {
    texts = List.copyOf(texts);
  }

  @Override
  public String toString() {
    return "Candidates[]";
  }
}
