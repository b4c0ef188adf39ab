package org.keywarden.broker.seat;

import java.util.List;

/**
 * Text under composition.
 *
 * @param cursor in code points
 * @param commitOnLoss whether the shown text goes into its field when the capability ends before it
 *     is finished
 * @param segments how its parts look; without any, all of it is underlined
 */
public record Preedit(String text, int cursor, boolean commitOnLoss, List<Segment> segments) {
  /** No preedit. */
  public static final Preedit NONE = new Preedit("", 0, false);

  public Preedit {
    segments = List.copyOf(segments);
  }

  /** A preedit that is underlined from end to end. */
  public Preedit(String text, int cursor, boolean commitOnLoss) {
    this(text, cursor, commitOnLoss, List.of());
  }

  /**
   * The same once its text is in the field: an input method that does not take it away at once must
   * not have it put there a second time.
   */
  Preedit finished() {
    return commitOnLoss ? new Preedit(text, cursor, false, segments) : this;
  }

  @Override
  public String toString() {
    return "Preedit[]";
  }
}
