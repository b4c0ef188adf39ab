package org.keywarden.ibus.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads values; every check of the specification is made, and nothing is read past the end. */
final class WireReader {
  /** Containers within each other, variants included. */
  private static final int DEEPEST = 64;

  private final ByteBuffer in;
  private int valuesLeft;

  /**
   * @param in begins where the message does, since that is what values are aligned to; it is at
   *     most {@link MessageCodec#LARGEST} long, which no array of 64 MiB, the longest that the
   *     specification allows, fits into
   * @param values how many values may be read: each is an object, so this bounds memory
   */
  WireReader(ByteBuffer in, ByteOrder order, int values) {
    this.in = in.order(order);
    this.valuesLeft = values;
  }

  int remaining() {
    return in.remaining();
  }

  List<Value> row(List<Type> types) throws Malformed {
    List<Value> values = new ArrayList<>(types.size());
    for (Type type : types) {
      values.add(value(type, 0));
    }
    return values;
  }

  private Value value(Type type, int depth) throws Malformed {
    count();
    return switch (type) {
      case Type.Basic basic -> basic(basic);
      case Type.Variant variant -> new Value.Variant(inVariant(deeper(depth)));
      case Type.Array array -> array(array.element(), deeper(depth));
      case Type.Struct struct -> {
        int inside = deeper(depth);
        align(8);
        List<Value> members = new ArrayList<>(struct.members().size());
        for (Type each : struct.members()) {
          members.add(value(each, inside));
        }
        yield new Value.Struct(members);
      }
      case Type.Entry entry -> {
        int inside = deeper(depth);
        align(8);
        Value key = value(entry.key(), inside);
        yield new Value.Entry(key, value(entry.value(), inside));
      }
    };
  }

  private void count() throws Malformed {
    if (--valuesLeft < 0) {
      throw new Malformed("a message holds too many values");
    }
  }

  private Value inVariant(int depth) throws Malformed {
    return value(single(), depth);
  }

  private Type single() throws Malformed {
    List<Type> types = Recurring.types(signature());
    if (types.size() != 1) {
      throw new Malformed("a variant's signature names not exactly one type");
    }
    return types.getFirst();
  }

  /** What a header is made of: takes the number of a field, and its value from the reader. */
  interface Fields {
    void take(byte code, Type type, WireReader from) throws Malformed;
  }

  /** Reads an array of structs of a byte and a variant, without keeping it. */
  void fields(Fields into) throws Malformed {
    int end = arrayEnd(8);
    while (in.position() < end) {
      align(8);
      byte code = need(1).get();
      into.take(code, single(), this);
    }
    requireEnd(end);
  }

  /** A field's value: a string or a path, which its owner checks. */
  String fieldText() throws Malformed {
    count();
    align(4);
    return recurring(length());
  }

  /** A field's value: a number. */
  int fieldNumber() throws Malformed {
    count();
    align(4);
    return need(4).getInt();
  }

  /** A field's value: a signature. */
  List<Type> fieldTypes() throws Malformed {
    count();
    return Recurring.types(signature());
  }

  /** A field's value that means nothing to us. */
  void fieldOfAnyType(Type type) throws Malformed {
    value(type, 3);
  }

  private static int deeper(int depth) throws Malformed {
    if (depth == DEEPEST) {
      throw new Malformed("containers nest deeper than " + DEEPEST);
    }
    return depth + 1;
  }

  private Value basic(Type.Basic type) throws Malformed {
    align(type.alignment());
    return switch (type) {
      case BYTE -> new Value.Byte(need(1).get());
      case BOOLEAN -> new Value.Bool(bool());
      case INT16 -> new Value.Int16(need(2).getShort());
      case UINT16 -> new Value.UInt16(need(2).getShort());
      case INT32 -> new Value.Int32(need(4).getInt());
      case UINT32 -> new Value.UInt32(need(4).getInt());
      case INT64 -> new Value.Int64(need(8).getLong());
      case UINT64 -> new Value.UInt64(need(8).getLong());
      case DOUBLE -> new Value.Float64(need(8).getDouble());
      case STRING -> new Value.Str(text(length()));
      case OBJECT_PATH -> {
        String path = text(length());
        if (!Names.isPath(path)) {
          throw new Malformed("an object path is none");
        }
        yield new Value.ObjectPath(path);
      }
      case SIGNATURE -> new Value.Sig(Recurring.types(signature()));
    };
  }

  private boolean bool() throws Malformed {
    return switch (need(4).getInt()) {
      case 0 -> false;
      case 1 -> true;
      default -> throw new Malformed("a boolean is neither 0 nor 1");
    };
  }

  private Value array(Type element, int depth) throws Malformed {
    int end = arrayEnd(element.alignment());
    List<Value> elements = new ArrayList<>();
    while (in.position() < end) {
      elements.add(value(element, depth));
    }
    requireEnd(end);
    return new Value.Array(element, elements);
  }

  /** Reads the length of an array; gives where its last element ends. */
  private int arrayEnd(int alignment) throws Malformed {
    align(4);
    int length = length();
    align(alignment);
    need(length);
    return in.position() + length;
  }

  private void requireEnd(int end) throws Malformed {
    if (in.position() != end) {
      throw new Malformed("an array's last element goes beyond its end");
    }
  }

  private int length() throws Malformed {
    int length = need(4).getInt();
    if (length < 0 || length > in.remaining()) {
      throw new Malformed("a length goes beyond the message's end");
    }
    return length;
  }

  private String signature() throws Malformed {
    return recurring(need(1).get() & 0xFF);
  }

  /** As {@link #text}, for what comes again and again and is no typed text. */
  private String recurring(int length) throws Malformed {
    String met = Recurring.name(need(length + 1), length);
    if (met == null) {
      String text = text(length);
      if (isAscii(text)) {
        Recurring.keep(text);
      }
      return text;
    }
    in.position(in.position() + length);
    requireNul();
    return met;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private void requireNul() throws Malformed {
    if (in.get() != 0) {
      throw new Malformed("a string does not end with NUL");
    }
  }

  private String text(int length) throws Malformed {
    need(length + 1);
    byte[] bytes = new byte[length];
    in.get(bytes);
    requireNul();
    boolean ascii = true;
    for (byte each : bytes) {
      if (each == 0) {
        throw new Malformed("a string holds NUL");
      }
      ascii &= each > 0;
    }
    return ascii ? new String(bytes, StandardCharsets.US_ASCII) : decoded(bytes);
  }

  private static String decoded(byte[] bytes) throws Malformed {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("a string is not UTF-8");
    }
  }

  void align(int alignment) throws Malformed {
    while ((in.position() & (alignment - 1)) != 0) {
      if (need(1).get() != 0) {
        throw new Malformed("padding is not zero");
      }
    }
  }

  private ByteBuffer need(int bytes) throws Malformed {
    if (in.remaining() < bytes) {
      throw new Malformed("a message ends too early");
    }
    return in;
  }
}
