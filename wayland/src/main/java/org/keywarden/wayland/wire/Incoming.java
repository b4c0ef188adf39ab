package org.keywarden.wayland.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came in and was not read yet: bytes and descriptors, both in their order and bounded. */
public final class Incoming {
  /** The header says a message's length in 16 bits. */
  public static final int LONGEST_MESSAGE = 0xFFFF;

  /** Descriptors that wait for their message, as many as libwayland takes at once. */
  public static final int MOST_DESCRIPTORS = 28;

  private static final int HEADER = 8;
  private static final int WORD = 4;

  /** Says what the messages of an object hold. */
  @FunctionalInterface
  public interface Members {
    /**
     * @return null if there is no such object, or it has no such member
     */
    @Nullable Member of(int object, int opcode);
  }

  private final ByteBuffer bytes =
      ByteBuffer.allocate(LONGEST_MESSAGE + 1).order(ByteOrder.nativeOrder());
  private final Deque<Integer> descriptors = new ArrayDeque<>();

  /** Whether there is room for bytes: there is, unless messages are complete and not read. */
  public int room() {
    return bytes.remaining();
  }

  /** Takes as many bytes as there is {@link #room} for. */
  public void add(ByteBuffer more) {
    bytes.put(more);
  }

  /**
   * Takes a descriptor; from then on it is closed by whoever gets it.
   *
   * @return false if too many wait: the caller keeps it
   */
  public boolean add(int descriptor) {
    return descriptors.size() < MOST_DESCRIPTORS && descriptors.add(descriptor);
  }

  /** The descriptors no message took. */
  public List<Integer> takeDescriptors() {
    List<Integer> left = List.copyOf(descriptors);
    descriptors.clear();
    return left;
  }

  /**
   * Reads the next message.
   *
   * @return null if it is not complete
   * @throws MalformedMessage if it is none; nothing can be read any more
   */
  public @Nullable WaylandMessage next(Members members) throws MalformedMessage {
    ByteBuffer read = bytes.duplicate().order(ByteOrder.nativeOrder()).flip();
    if (read.remaining() < HEADER) {
      return null;
    }
    int object = read.getInt();
    int second = read.getInt();
    int length = second >>> 16;
    int opcode = second & 0xFFFF;
    if (length < HEADER || length % WORD != 0) {
      throw new MalformedMessage("a message has " + length + " bytes");
    }
    if (read.limit() < length) {
      return null;
    }
    Member member = members.of(object, opcode);
    if (member == null) {
      throw new MalformedMessage("no object has the event " + opcode);
    }
    Iterator<Integer> beside = descriptors.iterator();
    List<@Nullable Object> arguments = arguments(member, read.limit(length), beside);
    WaylandMessage message = new WaylandMessage(object, opcode, member, arguments);
    member.arguments().stream()
        .filter(each -> each.type() == ArgumentType.DESCRIPTOR)
        .forEach(each -> descriptors.remove());
    bytes.flip().position(length);
    bytes.compact();
    return message;
  }

  private static List<@Nullable Object> arguments(
      Member member, ByteBuffer from, Iterator<Integer> beside) throws MalformedMessage {
    List<@Nullable Object> all = new ArrayList<>(member.arguments().size());
    for (Member.Argument each : member.arguments()) {
      all.add(argument(each, from, beside));
    }
    if (from.hasRemaining()) {
      throw new MalformedMessage(member + " is longer than its arguments");
    }
    return all;
  }

  private static @Nullable Object argument(
      Member.Argument argument, ByteBuffer from, Iterator<Integer> beside) throws MalformedMessage {
    return switch (argument.type()) {
      case INT, UINT, FIXED -> word(from);
      case OBJECT -> id(from, argument.optional());
      case NEW_ID -> id(from, false);
      case STRING -> string(from, argument.optional());
      case ARRAY -> block(from, word(from));
      case DESCRIPTOR -> {
        if (!beside.hasNext()) {
          throw new MalformedMessage("a descriptor is missing");
        }
        yield beside.next();
      }
    };
  }

  private static int word(ByteBuffer from) throws MalformedMessage {
    if (from.remaining() < WORD) {
      throw new MalformedMessage("an argument is missing");
    }
    return from.getInt();
  }

  private static int id(ByteBuffer from, boolean optional) throws MalformedMessage {
    int id = word(from);
    if (id == 0 && !optional) {
      throw new MalformedMessage("an object is missing");
    }
    return id;
  }

  private static @Nullable String string(ByteBuffer from, boolean optional)
      throws MalformedMessage {
    int length = word(from);
    if (length == 0) {
      if (!optional) {
        throw new MalformedMessage("a string is missing");
      }
      return null;
    }
    byte[] block = block(from, length);
    int end = block.length - 1;
    for (int i = 0; i < end; i++) {
      if (block[i] == 0) {
        throw new MalformedMessage("a string ends before its end");
      }
    }
    if (block[end] != 0) {
      throw new MalformedMessage("a string has no end");
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(block, 0, end));
      return text.toString();
    } catch (CharacterCodingException notUtf8) {
      throw new MalformedMessage("a string is not UTF-8");
    }
  }

  /** Bytes and what fills their last word. */
  private static byte[] block(ByteBuffer from, int length) throws MalformedMessage {
    if (length < 0 || length > from.remaining()) {
      throw new MalformedMessage("an argument is longer than its message");
    }
    byte[] block = new byte[length];
    from.get(block);
    int padding = -length & (WORD - 1);
    if (padding > from.remaining()) {
      throw new MalformedMessage("an argument is cut off");
    }
    from.position(from.position() + padding);
    return block;
  }
}
