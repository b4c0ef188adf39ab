package org.keywarden.ibus.wire;

/** The grammar of names (D-Bus Specification, "Valid Names" and "Valid Object Paths"). */
public final class Names {
  private static final int LONGEST = 255;

  private Names() {}

  /** Whether a string can be on the wire: no NUL, no lone surrogate. */
  public static boolean isText(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == 0) {
        return false;
      }
      if (Character.isHighSurrogate(each)) {
        if (i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      } else if (Character.isLowSurrogate(each)) {
        return false;
      }
    }
    return true;
  }

  /** Such as {@code /org/freedesktop/IBus}. */
  public static boolean isPath(String text) {
    if (text.equals("/")) {
      return true;
    }
    if (text.isEmpty() || text.charAt(0) != '/' || text.charAt(text.length() - 1) == '/') {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char each = text.charAt(i);
      boolean empty = each == '/' && text.charAt(i - 1) == '/';
      if (empty || !(each == '/' || isWord(each))) {
        return false;
      }
    }
    return true;
  }

  /** Of interfaces and errors, such as {@code org.freedesktop.DBus}. */
  public static boolean isInterface(String text) {
    return isDotted(text, 0, false, false);
  }

  /** Of methods and signals. */
  public static boolean isMember(String text) {
    if (text.isEmpty() || text.length() > LONGEST || isDigit(text.charAt(0))) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isWord(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Unique, such as {@code :1.7}, or well-known. */
  public static boolean isBus(String text) {
    boolean unique = text.startsWith(":");
    return isDotted(text, unique ? 1 : 0, unique, true);
  }

  private static boolean isDotted(String text, int from, boolean digitsFirst, boolean hyphens) {
    if (text.length() > LONGEST) {
      return false;
    }
    int elements = 1;
    boolean first = true;
    for (int i = from; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '.') {
        if (first) {
          return false;
        }
        elements++;
        first = true;
      } else if (!(isWord(each) || (hyphens && each == '-'))
          || (first && !digitsFirst && isDigit(each))) {
        return false;
      } else {
        first = false;
      }
    }
    return elements > 1 && !first;
  }

  private static boolean isDigit(char each) {
    return each >= '0' && each <= '9';
  }

  private static boolean isWord(char each) {
    return (each >= 'A' && each <= 'Z')
        || (each >= 'a' && each <= 'z')
        || isDigit(each)
        || each == '_';
  }
}
