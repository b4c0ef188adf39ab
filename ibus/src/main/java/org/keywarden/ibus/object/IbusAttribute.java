package org.keywarden.ibus.object;

import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Value;

/**
 * How a part of a text looks.
 *
 * @param kind {@link #UNDERLINE}, {@link #FOREGROUND}, {@link #BACKGROUND}, or 4 for a hint
 * @param value of an underline 0 for none, {@link #SINGLE} to {@link #ERROR}; colours 0xRRGGBB
 * @param start first character
 * @param end the character after the last
 */
public record IbusAttribute(int kind, int value, int start, int end) {
  private static final String NAME = "IBusAttribute";

  // Kinds.
  public static final int UNDERLINE = 1;
  public static final int FOREGROUND = 2;
  public static final int BACKGROUND = 3;

  // Underlines.
  public static final int SINGLE = 1;
  public static final int DOUBLE = 2;
  public static final int LOW = 3;
  public static final int ERROR = 4;

  /** A single line under {@code length} characters from the first. */
  public static IbusAttribute underline(int length) {
    return new IbusAttribute(UNDERLINE, SINGLE, 0, length);
  }

  public static IbusAttribute from(Value value) throws Malformed {
    Members members = Members.of(NAME, value);
    return new IbusAttribute(
        members.unsigned(), members.unsigned(), members.unsigned(), members.unsigned());
  }

  public Value toValue() {
    return Members.object(
        NAME,
        new Value.UInt32(kind),
        new Value.UInt32(value),
        new Value.UInt32(start),
        new Value.UInt32(end));
  }
}
