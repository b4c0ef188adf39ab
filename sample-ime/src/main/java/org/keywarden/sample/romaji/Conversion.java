package org.keywarden.sample.romaji;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The choice among writings of one reading: words, then always hiragana, katakana, and the letters
 * as typed. Never more than nine, so that each has a digit.
 */
final class Conversion {
  static final int MOST = 9;

  private final List<String> candidates;
  private int selected;

  /**
   * @param script the one whose writing is selected at first if it is not hiragana; else the first
   *     candidate is
   */
  Conversion(Dictionary dictionary, String kana, String letters, Script script) {
    Set<String> always = new LinkedHashSet<>();
    always.add(kana);
    always.add(Script.KATAKANA.write(kana));
    always.add(letters);
    Set<String> all = new LinkedHashSet<>();
    dictionary.lookUp(kana).stream()
        .filter(word -> !always.contains(word))
        .limit(MOST - always.size())
        .forEach(all::add);
    all.addAll(always);
    candidates = List.copyOf(new ArrayList<>(all));
    selected =
        switch (script) {
          case HIRAGANA -> 0;
          case KATAKANA -> candidates.indexOf(Script.KATAKANA.write(kana));
        };
  }

  List<String> candidates() {
    return candidates;
  }

  int selected() {
    return selected;
  }

  String text() {
    return candidates.get(selected);
  }

  void next() {
    selected = (selected + 1) % candidates.size();
  }

  void previous() {
    selected = (selected + candidates.size() - 1) % candidates.size();
  }

  /** Selects a candidate; says whether there is such a one. */
  boolean select(int index) {
    if (index < 0 || index >= candidates.size()) {
      return false;
    }
    selected = index;
    return true;
  }
}
