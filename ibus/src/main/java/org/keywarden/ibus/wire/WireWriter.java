package org.keywarden.ibus.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes values into a buffer that grows, and can be used again after {@link #clear}. */
final class WireWriter {
  /** A buffer that grew beyond this is not kept. */
  private static final int KEPT = 16 * 1024;

  private ByteBuffer out = ByteBuffer.allocate(1024);

  WireWriter() {}

  WireWriter begin(ByteOrder order) {
    out.clear().order(order);
    return this;
  }

  /** Forgets what was written: it may have been typed. */
  void clear() {
    if (out.capacity() > KEPT) {
      out = ByteBuffer.allocate(1024);
    } else {
      Arrays.fill(out.array(), 0, out.position(), (byte) 0);
    }
  }

  int position() {
    return out.position();
  }

  byte[] bytes() {
    byte[] bytes = new byte[out.position()];
    out.get(0, bytes);
    return bytes;
  }

  void putInt(int at, int value) {
    out.putInt(at, value);
  }

  void write(Value value) {
    switch (value) {
      case Value.Byte v -> room(1).put(v.value());
      case Value.Bool v -> aligned(4).putInt(v.value() ? 1 : 0);
      case Value.Int16 v -> aligned(2).putShort(v.value());
      case Value.UInt16 v -> aligned(2).putShort(v.value());
      case Value.Int32 v -> aligned(4).putInt(v.value());
      case Value.UInt32 v -> aligned(4).putInt(v.value());
      case Value.Int64 v -> aligned(8).putLong(v.value());
      case Value.UInt64 v -> aligned(8).putLong(v.value());
      case Value.Float64 v -> aligned(8).putDouble(v.value());
      case Value.Str v -> text(v.value());
      case Value.ObjectPath v -> text(v.value());
      case Value.Sig v -> signature(Type.codes(v.types()));
      case Value.Variant v -> {
        signatureOf(v.value());
        write(v.value());
      }
      case Value.Array v -> array(v);
      case Value.Struct v -> {
        align(8);
        writeAll(v.members());
      }
      case Value.Entry v -> {
        align(8);
        write(v.key());
        write(v.value());
      }
    }
  }

  void writeAll(List<Value> values) {
    for (int i = 0; i < values.size(); i++) {
      write(values.get(i));
    }
  }

  void putByte(int value) {
    room(1).put((byte) value);
  }

  void putUnsigned(int value) {
    aligned(4).putInt(value);
  }

  private void array(Value.Array array) {
    long begun = beginArray(array.element().alignment());
    writeAll(array.elements());
    endArray(begun);
  }

  /** Begins an array; what it returns ends it. */
  long beginArray(int alignment) {
    putUnsigned(0);
    int lengthAt = out.position() - 4;
    align(alignment);
    return (long) lengthAt << Integer.SIZE | out.position();
  }

  void endArray(long begun) {
    out.putInt((int) (begun >> Integer.SIZE), out.position() - (int) begun);
  }

  void text(String text) {
    int length = text.length();
    putUnsigned(length);
    int start = out.position();
    ByteBuffer to = room(length + 1);
    for (int i = 0; i < length; i++) {
      char each = text.charAt(i);
      if (each >= 0x80) {
        out.position(start);
        encoded(text.getBytes(StandardCharsets.UTF_8));
        return;
      }
      to.put((byte) each);
    }
    to.put((byte) 0);
  }

  private void encoded(byte[] bytes) {
    out.putInt(out.position() - 4, bytes.length);
    room(bytes.length + 1).put(bytes).put((byte) 0);
  }

  void signature(String text) {
    int at = beginSignature();
    codes(text);
    endSignature(at);
  }

  /** The signature of one value. */
  private void signatureOf(Value value) {
    int at = beginSignature();
    code(value);
    endSignature(at);
  }

  /** The signature of a row of values. */
  void signatureOf(List<Value> values) {
    int at = beginSignature();
    for (int i = 0; i < values.size(); i++) {
      code(values.get(i));
    }
    endSignature(at);
  }

  private int beginSignature() {
    putByte(0);
    return out.position();
  }

  private void endSignature(int start) {
    int length = out.position() - start;
    if (length > 255) {
      throw new IllegalArgumentException("a signature has at most 255 bytes");
    }
    out.put(start - 1, (byte) length);
    putByte(0);
  }

  private void code(Value value) {
    switch (value) {
      case Value.Array array -> {
        codes("a");
        code(array.element());
      }
      case Value.Struct struct -> {
        codes("(");
        for (int i = 0; i < struct.members().size(); i++) {
          code(struct.members().get(i));
        }
        codes(")");
      }
      case Value.Entry entry -> {
        codes("{");
        code(entry.key());
        code(entry.value());
        codes("}");
      }
      default -> code(value.type());
    }
  }

  private void code(Type type) {
    switch (type) {
      case Type.Basic basic -> codes(basic.code());
      case Type.Variant variant -> codes(variant.code());
      case Type.Array array -> {
        codes("a");
        code(array.element());
      }
      case Type.Struct struct -> {
        codes("(");
        for (int i = 0; i < struct.members().size(); i++) {
          code(struct.members().get(i));
        }
        codes(")");
      }
      case Type.Entry entry -> {
        codes("{");
        code(entry.key());
        code(entry.value());
        codes("}");
      }
    }
  }

  private void codes(String codes) {
    ByteBuffer to = room(codes.length());
    for (int i = 0; i < codes.length(); i++) {
      to.put((byte) codes.charAt(i));
    }
  }

  void align(int alignment) {
    room(alignment);
    while ((out.position() & (alignment - 1)) != 0) {
      out.put((byte) 0);
    }
  }

  private ByteBuffer aligned(int size) {
    align(size);
    return room(size);
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      int wanted = Math.max(out.capacity() * 2, out.position() + bytes);
      ByteBuffer larger = ByteBuffer.allocate(wanted).order(out.order());
      out = larger.put(out.flip());
    }
    return out;
  }
}
