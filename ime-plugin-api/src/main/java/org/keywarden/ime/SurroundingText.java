package org.keywarden.ime;

/**
 * Text around the cursor, as the application reports it.
 *
 * @param text at most 4,096 code points
 * @param cursor in code points from the start of the text
 * @param anchor other end of the selection, the cursor if nothing is selected; in code points
 */
public record SurroundingText(String text, int cursor, int anchor) {
  /** Says nothing of the text. */
  @Override
  public String toString() {
    return "SurroundingText[]";
  }
}
