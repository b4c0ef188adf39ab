package org.keywarden.broker.frontdoor.wayland;

import java.nio.charset.StandardCharsets;
import org.keywarden.wayland.wire.Outgoing;

/** Texts as the wire counts them, in bytes of UTF-8. */
final class Utf8 {
  /** What fits into one message. */
  static final int LONGEST = Outgoing.LONGEST_TEXT;

  private static final int MOST_OF_A_CHARACTER = 4;

  private Utf8() {}

  static int length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Of the first code points, of all if there are not so many. */
  static int length(String text, int codePoints) {
    int most = Math.clamp(codePoints, 0, text.codePointCount(0, text.length()));
    return length(text.substring(0, text.offsetByCodePoints(0, most)));
  }

  /** As much of its beginning as fits into one message. */
  static String head(String text) {
    if (length(text) <= LONGEST) {
      return text;
    }
    int most = LONGEST / MOST_OF_A_CHARACTER;
    return text.substring(0, text.offsetByCodePoints(0, most));
  }

  /** The code points in the first bytes; -1 if these are no place in the text. */
  static int codePoints(String text, int bytes) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    boolean within = bytes >= 0 && bytes <= all.length;
    if (!within || (bytes < all.length && (all[bytes] & 0xC0) == 0x80)) {
      return -1;
    }
    String before = new String(all, 0, bytes, StandardCharsets.UTF_8);
    return before.codePointCount(0, before.length());
  }
}
