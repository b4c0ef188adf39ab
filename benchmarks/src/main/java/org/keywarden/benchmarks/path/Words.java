package org.keywarden.benchmarks.path;

/** What is typed: eleven keys of which each but the last changes the preedit. */
final class Words {
  private static final int ENTER = 0xFF0D;

  /** Commits what is composed. */
  static final int[] RETURN = {ENTER};

  /** Romaji; Return commits. */
  static final int[] ROMAJI = keys("konnichiha");

  /** Hindi by the ITRANS transcription; Return commits. */
  static final int[] ITRANS = keys("kanamatadh");

  private Words() {}

  private static int[] keys(String letters) {
    int[] keys = new int[letters.length() + 1];
    for (int i = 0; i < letters.length(); i++) {
      keys[i] = letters.charAt(i);
    }
    keys[letters.length()] = ENTER;
    return keys;
  }
}
