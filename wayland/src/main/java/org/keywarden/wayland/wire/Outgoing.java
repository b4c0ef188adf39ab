package org.keywarden.wayland.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes messages. */
public final class Outgoing {
  /** Bytes of a message that every libwayland takes. */
  public static final int LONGEST_MESSAGE = 4096;

  /** Bytes of UTF-8 that fit into a message beside a few numbers. */
  public static final int LONGEST_TEXT = 4000;

  private static final int HEADER = 8;
  private static final int WORD = 4;

  private Outgoing() {}

  /**
   * One message, ready to be sent.
   *
   * @param arguments as {@link WaylandMessage} has them; descriptors are not among them, the caller
   *     sends them beside the bytes
   * @throws IllegalArgumentException if they are not what the member has
   */
  public static ByteBuffer message(int object, int opcode, Member member, Object... arguments) {
    ByteBuffer to = ByteBuffer.allocate(LONGEST_MESSAGE).order(ByteOrder.nativeOrder());
    to.position(HEADER);
    int next = 0;
    for (Member.Argument each : member.arguments()) {
      if (each.type() == ArgumentType.DESCRIPTOR) {
        continue;
      }
      if (next == arguments.length) {
        throw new IllegalArgumentException(member + " has more arguments than " + next);
      }
      put(to, member, each.type(), arguments[next]);
      next++;
    }
    if (next != arguments.length) {
      throw new IllegalArgumentException(member + " has fewer arguments than " + arguments.length);
    }
    to.putInt(0, object).putInt(WORD, to.position() << 16 | opcode);
    return to.flip();
  }

  private static void put(ByteBuffer to, Member member, ArgumentType type, Object argument) {
    switch (type) {
      case INT, UINT, FIXED, OBJECT, NEW_ID -> {
        if (!(argument instanceof Integer number)) {
          throw new IllegalArgumentException(member + " has a number there");
        }
        to.putInt(number);
      }
      case STRING -> {
        if (!(argument instanceof String text) || text.indexOf(0) >= 0) {
          throw new IllegalArgumentException(member + " has a text without NUL there");
        }
        block(to, member, (text + '\0').getBytes(StandardCharsets.UTF_8));
      }
      case ARRAY -> {
        if (!(argument instanceof byte[] bytes)) {
          throw new IllegalArgumentException(member + " has bytes there");
        }
        block(to, member, bytes);
      }
      case DESCRIPTOR -> throw new IllegalArgumentException("descriptors go beside the bytes");
    }
  }

  private static void block(ByteBuffer to, Member member, byte[] bytes) {
    int padding = -bytes.length & (WORD - 1);
    if (bytes.length + padding + WORD > to.remaining()) {
      throw new IllegalArgumentException(member + " would be too long");
    }
    to.putInt(bytes.length).put(bytes).put(new byte[padding]);
  }
}
