package org.keywarden.ime;

/** Argument checks whose messages hold lengths and bounds, never text. */
final class Bounds {
  private Bounds() {}

  /** Returns the text's length in code points. */
  static int length(String what, String text, int least, int most) {
    int length = 0;
    for (int i = 0; i < text.length(); length++) {
      int point = text.codePointAt(i);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        throw new IllegalArgumentException(
            "%s has a surrogate without its pair at char %d".formatted(what, i));
      }
      i += Character.charCount(point);
    }
    within("length of " + what + " in code points", length, least, most);
    return length;
  }

  static void within(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, expected %d to %d".formatted(what, value, least, most));
    }
  }
}
