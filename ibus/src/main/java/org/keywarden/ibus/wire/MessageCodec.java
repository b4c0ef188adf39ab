package org.keywarden.ibus.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whole messages from and to bytes. Reads both byte orders, writes little-endian. */
public final class MessageCodec {
  /** From this many bytes on {@link #length} can tell how long the message is. */
  public static final int PREFIX = 16;

  /** Largest message, header included; the largest honest one is a few hundred KiB. */
  public static final int LARGEST = 1024 * 1024;

  /** Most values in one message. */
  private static final int MOST_VALUES = 64 * 1024;

  private static final int LARGEST_HEADER = 16 * 1024;

  /** One for each thread, used again. */
  private static final ThreadLocal<WireWriter> WRITERS = ThreadLocal.withInitial(WireWriter::new);

  private MessageCodec() {}

  /**
   * How long the message is that begins with these bytes.
   *
   * @param prefix at least {@link #PREFIX} bytes from its position on; left as it is
   * @throws Malformed if no message begins so, or it is larger than {@link #LARGEST}
   */
  public static int length(ByteBuffer prefix) throws Malformed {
    long whole = announced(prefix);
    if (fields(prefix) > LARGEST_HEADER) {
      throw new Malformed("a header is larger than " + LARGEST_HEADER + " bytes");
    }
    if (whole > LARGEST) {
      throw new Malformed("a message is larger than " + LARGEST + " bytes");
    }
    return (int) whole;
  }

  /**
   * As {@link #length}, however large it is: for who has to skip it. At most about 8 GiB.
   *
   * @throws Malformed if no message begins so
   */
  public static long announced(ByteBuffer prefix) throws Malformed {
    if (prefix.get(prefix.position() + 3) != 1) {
      throw new Malformed("the protocol version is not 1");
    }
    return ((PREFIX + fields(prefix) + 7) & ~7L) + unsigned(prefix, 4);
  }

  private static long fields(ByteBuffer prefix) throws Malformed {
    return unsigned(prefix, 12);
  }

  private static long unsigned(ByteBuffer prefix, int at) throws Malformed {
    int start = prefix.position();
    int number = prefix.getInt(start + at);
    boolean reversed = order(prefix.get(start)) != prefix.order();
    return Integer.toUnsignedLong(reversed ? Integer.reverseBytes(number) : number);
  }

  /**
   * Reads one message.
   *
   * @param bytes exactly one
   */
  public static Message read(ByteBuffer bytes) throws Malformed {
    if (bytes.remaining() < PREFIX || length(bytes) != bytes.remaining()) {
      throw new Malformed("not exactly one message");
    }
    ByteBuffer in = bytes.slice();
    ByteOrder order = order(in.get(0));
    WireReader reader = new WireReader(in, order, MOST_VALUES);
    in.position(1);
    Message.Kind kind = Message.Kind.of(in.get() & 0xFF);
    int flags = in.get() & 0xFF;
    in.position(8);
    int serial = in.getInt();
    if (serial == 0) {
      throw new Malformed("a message's serial is 0");
    }
    Header header = new Header();
    reader.fields(header);
    // The body is what is left: its length was part of the whole's.
    reader.align(8);
    List<Value> body = reader.row(header.signature);
    if (reader.remaining() != 0) {
      throw new Malformed("a body is longer than its signature says");
    }
    return header.message(kind, flags, serial, body);
  }

  private static ByteOrder order(byte mark) throws Malformed {
    return switch (mark) {
      case 'l' -> ByteOrder.LITTLE_ENDIAN;
      case 'B' -> ByteOrder.BIG_ENDIAN;
      default -> throw new Malformed("the byte order mark is neither l nor B");
    };
  }

  /**
   * The bytes of a message.
   *
   * @throws IllegalArgumentException if its serial is 0, a name is none, or it is larger than
   *     {@link #LARGEST}
   */
  public static byte[] write(Message message) {
    return write(message, ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] write(Message message, ByteOrder order) {
    if (message.serial() == 0) {
      throw new IllegalArgumentException("a message's serial is not 0");
    }
    WireWriter writer = WRITERS.get().begin(order);
    try {
      return write(message, order, writer);
    } finally {
      writer.clear();
    }
  }

  private static byte[] write(Message message, ByteOrder order, WireWriter writer) {
    writer.putByte(order == ByteOrder.LITTLE_ENDIAN ? 'l' : 'B');
    writer.putByte(message.kind().code());
    writer.putByte(message.flags());
    writer.putByte(1);
    writer.putUnsigned(0);
    writer.putUnsigned(message.serial());
    Header.write(message, writer);
    writer.align(8);
    int start = writer.position();
    writer.writeAll(message.body());
    writer.putInt(4, writer.position() - start);
    if (writer.position() > LARGEST) {
      throw new IllegalArgumentException("a message has at most " + LARGEST + " bytes");
    }
    return writer.bytes();
  }

  /** The fields of a header, by their codes (D-Bus Specification, "Header Fields"). */
  private static final class Header implements WireReader.Fields {
    private @Nullable String path;
    private @Nullable String interfaceName;
    private @Nullable String member;
    private @Nullable String errorName;
    private int replySerial;
    private @Nullable String destination;
    private @Nullable String sender;
    private List<Type> signature = List.of();
    private int seen;

    private void once(byte code) throws Malformed {
      if (code == 0) {
        throw new Malformed("a header field's code is 0");
      }
      if (code > 0 && code < Integer.SIZE) {
        if ((seen & (1 << code)) != 0) {
          throw new Malformed("a header field comes twice");
        }
        seen |= 1 << code;
      }
    }

    @Override
    public void take(byte code, Type type, WireReader from) throws Malformed {
      once(code);
      switch (code) {
        case 1 -> {
          require(type == Type.Basic.OBJECT_PATH, "a message's path is none");
          path = from.fieldText();
          require(Names.isPath(path), "an object path is none");
        }
        case 2 -> interfaceName = name(type, from, "interface");
        case 3 -> member = name(type, from, "member");
        case 4 -> errorName = name(type, from, "error");
        case 5 -> {
          replySerial = number(type, from);
          require(replySerial != 0, "a reply serial is 0");
        }
        case 6 -> destination = name(type, from, "bus");
        case 7 -> sender = name(type, from, "bus");
        case 8 -> {
          require(type == Type.Basic.SIGNATURE, "a body's signature is none");
          signature = from.fieldTypes();
        }
        case 9 -> require(number(type, from) == 0, "file descriptors are not accepted");
        // The specification wants fields of later versions ignored.
        default -> from.fieldOfAnyType(type);
      }
    }

    private static int number(Type type, WireReader from) throws Malformed {
      require(type == Type.Basic.UINT32, "a header field that is a number is none");
      return from.fieldNumber();
    }

    private static String name(Type type, WireReader from, String what) throws Malformed {
      if (type == Type.Basic.STRING) {
        String text = from.fieldText();
        if (isName(text, what)) {
          return text;
        }
      }
      throw new Malformed("a message's " + what + " name is none");
    }

    private static void require(boolean so, String otherwise) throws Malformed {
      if (!so) {
        throw new Malformed(otherwise);
      }
    }

    private static boolean isName(String text, String what) {
      return switch (what) {
        case "member" -> Names.isMember(text);
        case "bus" -> Names.isBus(text);
        default -> Names.isInterface(text);
      };
    }

    Message message(Message.Kind kind, int flags, int serial, List<Value> body) throws Malformed {
      boolean complete =
          switch (kind) {
            case CALL -> path != null && member != null;
            case SIGNAL -> path != null && member != null && interfaceName != null;
            case RETURN -> replySerial != 0;
            case ERROR -> replySerial != 0 && errorName != null;
            case OTHER -> true;
          };
      if (!complete) {
        throw new Malformed("a message lacks a header field it needs");
      }
      return new Message(
          kind,
          flags,
          serial,
          path,
          interfaceName,
          member,
          errorName,
          replySerial,
          destination,
          sender,
          body);
    }

    static void write(Message message, WireWriter to) {
      long begun = to.beginArray(8);
      String path = message.path();
      if (path != null) {
        if (!Names.isPath(path)) {
          throw new IllegalArgumentException("not an object path");
        }
        write(to, 1, Type.Basic.OBJECT_PATH, path);
      }
      write(to, 2, message.interfaceName(), "interface");
      write(to, 3, message.member(), "member");
      write(to, 4, message.errorName(), "error");
      if (message.replySerial() != 0) {
        begin(to, 5, Type.Basic.UINT32);
        to.putUnsigned(message.replySerial());
      }
      write(to, 6, message.destination(), "bus");
      write(to, 7, message.sender(), "bus");
      if (!message.body().isEmpty()) {
        begin(to, 8, Type.Basic.SIGNATURE);
        to.signatureOf(message.body());
      }
      to.endArray(begun);
    }

    private static void write(WireWriter to, int code, @Nullable String name, String what) {
      if (name == null) {
        return;
      }
      if (!isName(name, what)) {
        throw new IllegalArgumentException("not a name of a " + what);
      }
      write(to, code, Type.Basic.STRING, name);
    }

    private static void write(WireWriter to, int code, Type.Basic type, String text) {
      begin(to, code, type);
      to.text(text);
    }

    private static void begin(WireWriter to, int code, Type.Basic type) {
      to.align(8);
      to.putByte(code);
      to.signature(type.code());
    }
  }
}
