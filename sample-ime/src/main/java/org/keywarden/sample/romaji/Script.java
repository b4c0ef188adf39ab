package org.keywarden.sample.romaji;

/** How kana are written. */
enum Script {
  HIRAGANA,
  KATAKANA;

  private static final int DISTANCE = 'ァ' - 'ぁ';

  /** Hiragana in this script; other characters stay. */
  String write(String hiragana) {
    return switch (this) {
      case HIRAGANA -> hiragana;
      case KATAKANA -> katakana(hiragana);
    };
  }

  private static String katakana(String hiragana) {
    StringBuilder result = new StringBuilder(hiragana.length());
    for (int i = 0; i < hiragana.length(); i++) {
      char each = hiragana.charAt(i);
      result.append(each >= 'ぁ' && each <= 'ゖ' ? (char) (each + DISTANCE) : each);
    }
    return result.toString();
  }
}
