package org.keywarden.broker.seat;

/** How a part of a preedit looks. */
public enum SegmentStyle {
  UNDERLINE,
  DOUBLE_UNDERLINE,
  /** Under the descenders. */
  LOW_UNDERLINE,
  /** As under a spelling mistake. */
  ERROR_UNDERLINE,
  /** As what is selected: the part being converted. */
  HIGHLIGHT
}
