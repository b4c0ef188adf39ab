package org.keywarden.ime;

/**
 * A part of a preedit, and how it looks. There are no colours: they could hide what is there.
 *
 * @param start first code point
 * @param end the code point after the last one; greater than {@code start}
 * @param style how it looks
 */
public record Segment(int start, int end, Style style) {
  /** How a part of a preedit looks. */
  public enum Style {
    UNDERLINE,
    DOUBLE_UNDERLINE,
    /** Under the descenders. */
    LOW_UNDERLINE,
    /** As under a spelling mistake. */
    ERROR_UNDERLINE,
    /** As what is selected: the part being converted. */
    HIGHLIGHT
  }

  public Segment {
    Bounds.within("start of a segment", start, 0, 1023);
    Bounds.within("end of a segment", end, start + 1L, 1024);
  }
}
