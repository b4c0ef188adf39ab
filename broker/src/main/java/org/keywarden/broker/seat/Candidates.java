package org.keywarden.broker.seat;

import java.util.List;

/**
 * Candidates to choose from; none hides them.
 *
 * @param selected index of the highlighted one, on the page that is shown
 * @param pageSize how many are shown at once, 1 to 16
 * @param labels what stands before each place of a page; places without one are numbered
 * @param selectionShown whether anything is highlighted
 */
public record Candidates(
    List<String> texts,
    int selected,
    int pageSize,
    List<String> labels,
    Orientation orientation,
    boolean selectionShown) {
  /** Candidates on a page whose size nobody chose. */
  public static final int PAGE = 10;

  /** No candidates. */
  public static final Candidates NONE = new Candidates(List.of(), 0);

  /** How candidates are laid out. */
  public enum Orientation {
    AS_THE_DESKTOP_LIKES,
    HORIZONTAL,
    VERTICAL
  }

  public Candidates {
    texts = List.copyOf(texts);
    labels = List.copyOf(labels);
  }

  /** Candidates laid out as usual. */
  public Candidates(List<String> texts, int selected) {
    this(texts, selected, PAGE, List.of(), Orientation.AS_THE_DESKTOP_LIKES, true);
  }

  @Override
  public String toString() {
    return "Candidates[]";
  }
}
