package org.keywarden.ime;

/**
 * A click of the user on a candidate.
 *
 * @param index its place in the list last shown; to be checked, since the list may have changed
 *     while the click was under way
 * @param button 1 left, 2 middle, 3 right
 * @param modifiers as of a {@link Key}
 */
public record CandidateClick(int index, int button, int modifiers) {
  /** A left click, for tests. */
  public static CandidateClick on(int index) {
    return new CandidateClick(index, 1, 0);
  }
}
