package org.keywarden.engine.screen;

/**
 * Text as the broker takes it: what it would refuse is replaced or left out, so that an honest
 * engine loses no word over a character.
 */
final class PlainText {
  private PlainText() {}

  /**
   * @param lineBreak whether line breaks stay; else they become spaces
   */
  static String of(String text, boolean lineBreak) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int length = Character.charCount(point);
      boolean stays = isPlain(point) || (lineBreak && point == '\n');
      if (!stays && changed == null) {
        changed = new StringBuilder(text.length()).append(text, 0, i);
      }
      if (changed != null) {
        if (stays) {
          changed.appendCodePoint(point);
        } else if (isBlank(point)) {
          changed.append(' ');
        }
      }
      i += length;
    }
    return changed == null ? text : changed.toString();
  }

  /** At most so many code points of it. */
  static String atMost(int most, String text) {
    return text.length() <= most || text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isBlank(int point) {
    return point == '\n' || point == '\t' || point == 0x2028 || point == 0x2029;
  }

  /**
   * The broker's rule (OutputRules): no controls, and of the formatting characters those that shape
   * text.
   */
  private static boolean isPlain(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT ->
          switch (point) {
            case 0x200C, 0x200D, 0x200E, 0x200F, 0x061C, 0x00AD -> true;
            case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F -> true;
            default -> false;
          };
      default -> (point & 0xFFFE) != 0xFFFE && !(point >= 0xFDD0 && point <= 0xFDEF);
    };
  }
}
