package org.keywarden.broker.seat;

/**
 * Text around the cursor.
 *
 * @param cursor in code points from the start
 * @param anchor in code points from the start; other end of the selection
 */
public record SurroundingText(String text, int cursor, int anchor) {
  @Override
  public String toString() {
    return "SurroundingText[]";
  }
}
