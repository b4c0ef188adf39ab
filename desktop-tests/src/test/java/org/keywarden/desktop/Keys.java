package org.keywarden.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keysyms and their names. */
final class Keys {
  static final int TAB = 0xff09;
  static final int RETURN = 0xff0d;

  /** The names of the letters that the session's keyboard has beside those of ASCII. */
  static final List<String> ACCENTED =
      List.of(
          "odiaeresis",
          "udiaeresis",
          "oacute",
          "odoubleacute",
          "uacute",
          "eacute",
          "aacute",
          "udoubleacute",
          "iacute");

  private Keys() {}

  /** The names xdotool knows the keys of a text of ASCII letters and digits by. */
  static List<String> of(String text) {
    return text.chars().mapToObj(Character::toString).toList();
  }

  /** The keys of a text, then others. */
  static List<String> of(String text, String... then) {
    List<String> keys = new ArrayList<>(of(text));
    keys.addAll(List.of(then));
    return keys;
  }

  /** Whether a character is one of {@link #ACCENTED}. */
  static boolean isAccented(int character) {
    return "öüóőúéáűí".indexOf(character) >= 0;
  }

  /** For a person to read. */
  static String named(List<Integer> keysyms) {
    return keysyms.stream().map(Keys::name).collect(Collectors.joining(" "));
  }

  private static String name(int keysym) {
    return switch (keysym) {
      case TAB -> "Tab";
      case RETURN -> "Return";
      default ->
          keysym > ' ' && keysym < 0x7f
              ? Character.toString(keysym)
              : "0x" + Integer.toHexString(keysym);
    };
  }
}
