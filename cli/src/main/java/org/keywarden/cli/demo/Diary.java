package org.keywarden.cli.demo;

import java.util.List;

/** Reads what an input method wrote down. */
final class Diary {
  private Diary() {}

  /** The keys in it, as text: a line is {@code key N} (decimal) or a keysym in hexadecimal. */
  static String keys(List<String> lines) {
    StringBuilder keys = new StringBuilder();
    for (String line : lines) {
      int keysym = keysymOf(line);
      if (keysym >= ' ' && keysym < 0xFF00) {
        keys.appendCodePoint(keysym);
      } else if (keysym == ScriptedApplication.RETURN) {
        keys.append('⏎');
      }
    }
    return keys.toString();
  }

  private static int keysymOf(String line) {
    try {
      return line.startsWith("key ")
          ? Integer.parseInt(line.substring(4))
          : Integer.parseInt(line.strip().replaceFirst("^0x", ""), 16);
    } catch (NumberFormatException notAKey) {
      return 0;
    }
  }
}
