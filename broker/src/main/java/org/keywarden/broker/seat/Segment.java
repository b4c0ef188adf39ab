package org.keywarden.broker.seat;

/**
 * A part of a preedit, and how it looks.
 *
 * @param start first code point
 * @param end the code point after the last one
 */
public record Segment(int start, int end, SegmentStyle style) {}
