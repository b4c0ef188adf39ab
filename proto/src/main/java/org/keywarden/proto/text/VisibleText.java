package org.keywarden.proto.text;

import java.util.HexFormat;

/**
 * Text as a terminal or a log may show it: what others wrote can neither move the cursor nor forge
 * a line. Whatever is printed goes through here.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * Returns the text with every control, format, line-separating, unassigned and lone surrogate
   * character as a backslash, {@code x} or {@code u}, and its number in hexadecimal.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point -> {
              if (!acts(point)) {
                shown.appendCodePoint(point);
              } else if (point <= 0xff) {
                shown.append("\\x").append(HexFormat.of().toHexDigits((byte) point));
              } else {
                shown.append("\\u{").append(Integer.toHexString(point)).append('}');
              }
            });
    return shown.toString();
  }

  /** Whether a character does something beside being seen. */
  public static boolean acts(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
