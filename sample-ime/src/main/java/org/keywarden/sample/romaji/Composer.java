package org.keywarden.sample.romaji;

/** Turns letters into kana as they are typed. Not thread-safe. */
final class Composer {
  private final StringBuilder kana = new StringBuilder();
  private final StringBuilder pending = new StringBuilder();

  /** Whether a character may be part of a composition. */
  static boolean accepts(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || "'-,.[]/~!?".indexOf(character) >= 0;
  }

  boolean isEmpty() {
    return kana.isEmpty() && pending.isEmpty();
  }

  void type(char character) {
    pending.append(Character.toLowerCase(character));
    while (!pending.isEmpty() && advance()) {}
  }

  /**
   * Turns the front of the pending letters into kana, if it can be known by now; says whether it
   * did.
   */
  private boolean advance() {
    String letters = pending.toString();
    String whole = RomajiTable.kana(letters);
    if (whole != null && !(letters.equals("n"))) {
      take(letters.length(), whole);
      return true;
    }
    if (RomajiTable.isPrefix(letters)) {
      return false;
    }
    char first = letters.charAt(0);
    if (first == 'n' && letters.length() > 1) {
      take(1, "ん");
      return true;
    }
    if (letters.length() > 1 && isConsonant(first) && doubles(first, letters.charAt(1))) {
      take(1, "っ");
      return true;
    }
    take(1, String.valueOf(first));
    return true;
  }

  private void take(int letters, String as) {
    kana.append(as);
    pending.delete(0, letters);
  }

  private static boolean isConsonant(char letter) {
    return letter >= 'a' && letter <= 'z' && "aiueon".indexOf(letter) < 0;
  }

  /** Doubled consonants, and the t of tch. */
  private static boolean doubles(char first, char second) {
    return first == second || (first == 't' && second == 'c');
  }

  /** What to show: kana so far and the letters not yet decided. */
  String shown() {
    return kana.toString() + pending;
  }

  /** Ends the composition and returns its text; a last n becomes ん. */
  String finish() {
    if (pending.toString().equals("n")) {
      take(1, "ん");
    }
    String text = shown();
    clear();
    return text;
  }

  void clear() {
    kana.setLength(0);
    pending.setLength(0);
  }

  /** Takes back one undecided letter, else one kana. */
  void backspace() {
    if (!pending.isEmpty()) {
      pending.setLength(pending.length() - 1);
    } else if (!kana.isEmpty()) {
      kana.setLength(kana.length() - 1);
    }
  }

  /** The same kana in the other script: hiragana to katakana. */
  static String katakana(String text) {
    StringBuilder result = new StringBuilder();
    for (char each : text.toCharArray()) {
      result.append(each >= 'ぁ' && each <= 'ゖ' ? (char) (each + ('ァ' - 'ぁ')) : each);
    }
    return result.toString();
  }
}
