package org.keywarden.broker.seat;

/**
 * Text under composition.
 *
 * @param cursor in code points
 * @param commitOnLoss whether the shown text goes into its field when the capability ends before it
 *     is finished
 */
public record Preedit(String text, int cursor, boolean commitOnLoss) {
  /** No preedit. */
  public static final Preedit NONE = new Preedit("", 0, false);

  @Override
  public String toString() {
    return "Preedit[]";
  }
}
