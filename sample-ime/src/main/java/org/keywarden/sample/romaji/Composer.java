package org.keywarden.sample.romaji;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns letters into kana as they are typed, and remembers how each kana was spelled.
 *
 * <p>A capital letter makes itself and all that follows Latin, until it is taken back or the
 * composition ends. Signs between digits stay as typed ({@code 3.14}, {@code 03-1234}).
 */
final class Composer {
  private static final char FIRST = '!';
  private static final char LAST = '~';

  private final List<Piece> pieces = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();

  /** What was made of some letters; {@code latin} if it is to be Latin from here on. */
  private record Piece(String kana, String spelling, boolean latin) {}

  /** Whether a character may be part of a composition: printable ASCII but the space. */
  static boolean accepts(int character) {
    return character >= FIRST && character <= LAST;
  }

  boolean isEmpty() {
    return pieces.isEmpty() && pending.isEmpty();
  }

  /**
   * Adds a character.
   *
   * @throws IllegalArgumentException if it is not {@linkplain #accepts acceptable}
   */
  void type(char character) {
    if (!accepts(character)) {
      throw new IllegalArgumentException("not a printable ASCII character");
    }
    boolean capital = character >= 'A' && character <= 'Z';
    if (capital || isLatin()) {
      settle();
      put(String.valueOf(character), String.valueOf(character), true);
    } else if (pending.isEmpty() && afterDigit() && ".,-".indexOf(character) >= 0) {
      put(String.valueOf(character), String.valueOf(character), false);
    } else {
      pending.append(character);
      while (!pending.isEmpty() && advance()) {}
    }
  }

  private boolean isLatin() {
    return !pieces.isEmpty() && pieces.getLast().latin();
  }

  private boolean afterDigit() {
    if (pieces.isEmpty()) {
      return false;
    }
    char last = pieces.getLast().kana().charAt(0);
    return last >= '0' && last <= '9';
  }

  /** Turns the front of the pending letters into kana if it is decided; says whether it did. */
  private boolean advance() {
    String letters = pending.toString();
    String whole = RomajiTable.kana(letters);
    if (whole != null) {
      take(letters.length(), whole);
      return true;
    }
    if (RomajiTable.isPrefix(letters)) {
      return false;
    }
    char first = letters.charAt(0);
    if (first == 'n' && letters.length() > 1) {
      take(1, "ん");
    } else if (isDoubled(letters)) {
      take(1, "っ");
    } else {
      take(1, String.valueOf(first));
    }
    return true;
  }

  private static boolean isDoubled(String letters) {
    char first = letters.charAt(0);
    boolean consonant = first >= 'a' && first <= 'z' && "aiueo".indexOf(first) < 0;
    return letters.startsWith("tch")
        || (consonant && letters.length() > 1 && letters.charAt(1) == first);
  }

  private void take(int letters, String as) {
    put(as, pending.substring(0, letters), false);
    pending.delete(0, letters);
  }

  private void put(String kana, String spelling, boolean latin) {
    pieces.add(new Piece(kana, spelling, latin));
  }

  /** Decides the pending letters as if nothing followed: an n is ん, others stay letters. */
  void settle() {
    if (!pending.isEmpty() && pending.charAt(0) == 'n') {
      take(1, "ん");
    }
    while (!pending.isEmpty()) {
      take(1, pending.substring(0, 1));
    }
  }

  /** Takes back one undecided letter, else one kana. */
  void backspace() {
    if (!pending.isEmpty()) {
      pending.setLength(pending.length() - 1);
    } else if (!pieces.isEmpty()) {
      Piece last = pieces.removeLast();
      String rest = last.kana().substring(0, last.kana().length() - 1);
      if (!rest.isEmpty()) {
        put(rest, RomajiTable.spelling(rest), false);
      }
    }
  }

  void clear() {
    pieces.clear();
    pending.setLength(0);
  }

  /** What to show: hiragana so far and the letters not yet decided. */
  String kana() {
    StringBuilder kana = new StringBuilder();
    pieces.forEach(piece -> kana.append(piece.kana()));
    return kana.append(pending).toString();
  }

  /** The letters behind it. */
  String spelling() {
    StringBuilder letters = new StringBuilder();
    pieces.forEach(piece -> letters.append(piece.spelling()));
    return letters.append(pending).toString();
  }
}
