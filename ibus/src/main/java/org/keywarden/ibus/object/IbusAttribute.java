package org.keywarden.ibus.object;

import java.util.List;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Value;

/**
 * How a part of a text looks.
 *
 * @param kind 1 underline, 2 foreground, 3 background, 4 hint
 * @param value underline 0 none to 4 error; colours 0xRRGGBB
 * @param start first character
 * @param end the character after the last
 */
public record IbusAttribute(int kind, int value, int start, int end) {
  private static final String NAME = "IBusAttribute";
  private static final int UNDERLINE = 1;
  private static final int SINGLE = 1;

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
    List<Value> members = Members.begin(NAME);
    for (int each : new int[] {kind, value, start, end}) {
      members.add(new Value.UInt32(each));
    }
    return new Value.Struct(members);
  }
}
