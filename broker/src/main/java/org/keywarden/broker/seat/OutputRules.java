package org.keywarden.broker.seat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What text of an input method may look like. */
final class OutputRules {
  private static final int BLACK_FLAG = 0x1F3F4;
  private static final int FIRST_TAG = 0xE0020;
  private static final int LAST_TAG = 0xE007F;

  /** A region's code has at most six characters. */
  private static final int MOST_TAGS = 6;

  private OutputRules() {}

  /**
   * Whether text may go into or be shown in a field.
   *
   * @param lineBreak whether a line break may be in it: only in answer to Return, never into a
   *     terminal
   */
  static boolean allowed(String text, boolean lineBreak) {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int flag = point == BLACK_FLAG ? tagsOfFlag(text, i) : 0;
      if (!allowed(point) && !(lineBreak && point == '\n')) {
        return false;
      }
      i += Character.charCount(point) + flag;
    }
    return true;
  }

  /**
   * The flags of England, Scotland and others are a black flag and tags that name them, then an end
   * (UTS 51, emoji tag sequences). Anywhere else tags hide text.
   *
   * @return how many UTF-16 units the tags after the flag take, 0 if it has none or they do not end
   */
  private static int tagsOfFlag(String text, int at) {
    int i = at + Character.charCount(BLACK_FLAG);
    for (int tags = 0; tags <= MOST_TAGS && i < text.length(); tags++) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == LAST_TAG) {
        return i - at - Character.charCount(BLACK_FLAG);
      }
      if (point < FIRST_TAG || point > LAST_TAG) {
        return 0;
      }
    }
    return 0;
  }

  static boolean allowed(List<String> texts) {
    return texts.stream().allMatch(text -> allowed(text, false));
  }

  /** Whether cursor and segments lie within the text. */
  static boolean fits(Preedit preedit) {
    int length = length(preedit.text());
    if (preedit.cursor() < 0 || preedit.cursor() > length) {
      return false;
    }
    for (Segment each : preedit.segments()) {
      if (each.start() < 0 || each.end() <= each.start() || each.end() > length) {
        return false;
      }
    }
    return true;
  }

  /** Whether the selected one is there, and no page has more labels than places. */
  static boolean fits(Candidates candidates) {
    return candidates.texts().isEmpty()
        || (candidates.selected() >= 0
            && candidates.selected() < candidates.texts().size()
            && candidates.labels().size() <= candidates.pageSize());
  }

  private static boolean allowed(int point) {
    return switch (Character.getType(point)) {
      // C0 and C1 controls; line and paragraph separators; lone surrogates; noncharacters and the
      // unassigned.
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> allowedFormat(point);
      default -> (point & 0xFFFE) != 0xFFFE && !(point >= 0xFDD0 && point <= 0xFDEF);
    };
  }

  /**
   * Joiners and the plain direction marks shape honest text; everything else of this category
   * reorders or hides it (bidirectional embeddings, overrides and isolates, byte order mark, tags,
   * annotation anchors).
   */
  private static boolean allowedFormat(int point) {
    return switch (point) {
      // ZWNJ, ZWJ, LRM, RLM, ALM, soft hyphen, word joiner, Mongolian vowel separator.
      case 0x200C, 0x200D, 0x200E, 0x200F, 0x061C, 0x00AD, 0x2060, 0x180E -> true;
      // Arabic and Syriac number signs.
      case 0x0600, 0x0601, 0x0602, 0x0603, 0x0604, 0x0605, 0x06DD, 0x070F -> true;
      default -> false;
    };
  }

  /** Whether a deletion stays within what the field reported. */
  static boolean within(@Nullable SurroundingText reported, int offset, int count) {
    if (reported == null) {
      return false;
    }
    long from = (long) reported.cursor() + offset;
    long to = from + count;
    return count > 0 && from >= 0 && to <= length(reported.text());
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
