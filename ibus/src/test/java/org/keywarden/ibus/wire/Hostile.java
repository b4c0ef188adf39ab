package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;

/** What must hold of any bytes. */
final class Hostile {
  private Hostile() {}

  /** Any bytes are refused with {@link Malformed}, or are a message that survives a round trip. */
  static void read(byte[] bytes) {
    Message message;
    try {
      message = MessageCodec.read(ByteBuffer.wrap(bytes));
    } catch (Malformed refused) {
      return;
    }
    if (message.kind() == Message.Kind.OTHER) {
      return;
    }
    byte[] again = MessageCodec.write(message);
    try {
      byte[] thrice = MessageCodec.write(MessageCodec.read(ByteBuffer.wrap(again)));
      assertEquals(ByteBuffer.wrap(again), ByteBuffer.wrap(thrice));
    } catch (Malformed e) {
      throw new AssertionError("what was written cannot be read", e);
    }
  }
}
