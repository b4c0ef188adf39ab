package org.keywarden.ibus.wire;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names and signatures that were read before, so that reading them again makes nothing new. Only
 * for what a header or a signature holds, never for what a body does: that may be typed text, which
 * nobody may keep.
 *
 * <p>Bounded: a peer that sends ever new names only replaces what is here. Threads may share it
 * without a lock, since what is in it never changes and a lost entry is read anew.
 */
final class Recurring {
  private static final int PLACES = 1024;
  private static final int LONGEST = 64;

  private static final @Nullable String[] NAMES = new String[PLACES];
  private static final @Nullable Parsed[] SIGNATURES = new Parsed[PLACES];

  private record Parsed(String text, List<Type> types) {}

  private Recurring() {}

  /**
   * The string that these bytes of ASCII are; null if it was not met lately.
   *
   * @param in read from its position on, which stays
   */
  static @Nullable String name(ByteBuffer in, int length) {
    if (length > LONGEST) {
      return null;
    }
    int start = in.position();
    String met = NAMES[place(in, start, length)];
    if (met == null || met.length() != length) {
      return null;
    }
    for (int i = 0; i < length; i++) {
      if (met.charAt(i) != in.get(start + i)) {
        return null;
      }
    }
    return met;
  }

  private static int place(ByteBuffer in, int start, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + in.get(start + i);
    }
    return place(hash);
  }

  private static int place(int hash) {
    return (hash ^ hash >>> 10 ^ hash >>> 20) & (PLACES - 1);
  }

  /**
   * Keeps a string.
   *
   * @param text without NUL, ASCII only
   */
  static void keep(String text) {
    if (text.length() <= LONGEST) {
      int hash = text.length();
      for (int i = 0; i < text.length(); i++) {
        hash = 31 * hash + text.charAt(i);
      }
      NAMES[place(hash)] = text;
    }
  }

  /** The types of a signature, as {@link Signature#parse} gives them. */
  static List<Type> types(String signature) throws Malformed {
    if (signature.length() > LONGEST) {
      return Signature.parse(signature);
    }
    int place = place(signature.hashCode());
    Parsed met = SIGNATURES[place];
    if (met == null || !met.text.equals(signature)) {
      met = new Parsed(signature, Signature.parse(signature));
      SIGNATURES[place] = met;
    }
    return met.types;
  }
}
