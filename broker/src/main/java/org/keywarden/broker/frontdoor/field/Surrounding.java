package org.keywarden.broker.frontdoor.field;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.SurroundingText;

/** Cuts the text around a cursor to what the plugins' contract carries. */
public final class Surrounding {
  /** In code points (keywarden.input.v1.SurroundingText). */
  private static final int MOST = 4096;

  private Surrounding() {}

  /**
   * The part of a text around its cursor.
   *
   * @param cursor in code points, unsigned
   * @param anchor in code points, unsigned; brought into the part
   * @return null if the cursor is not in the text
   */
  public static @Nullable SurroundingText window(String text, int cursor, int anchor) {
    int length = text.codePointCount(0, text.length());
    if (cursor < 0 || anchor < 0 || cursor > length || anchor > length) {
      return null;
    }
    if (length <= MOST) {
      return new SurroundingText(text, cursor, anchor);
    }
    int from = Math.min(Math.max(0, cursor - MOST / 2), length - MOST);
    String part =
        text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, from + MOST));
    return new SurroundingText(part, cursor - from, Math.min(Math.max(anchor - from, 0), MOST));
  }
}
