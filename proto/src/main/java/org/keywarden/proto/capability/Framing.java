package org.keywarden.proto.capability;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * PASETO's pre-authentication encoding (PASETO specification, Common, "PAE"): joins byte strings so
 * that no two different lists of parts give the same bytes.
 *
 * <pre>count (u64 LE) | for each part: length (u64 LE) | bytes</pre>
 */
public final class Framing {
  private Framing() {}

  /** Returns the framed parts. */
  public static byte[] frame(byte[]... parts) {
    int size = Long.BYTES;
    for (byte[] part : parts) {
      size = Math.addExact(size, Long.BYTES + part.length);
    }
    ByteBuffer framed = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    framed.putLong(parts.length);
    for (byte[] part : parts) {
      framed.putLong(part.length).put(part);
    }
    return framed.array();
  }
}
