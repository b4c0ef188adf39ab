package org.keywarden.ibus.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes values into a buffer that grows. */
final class WireWriter {
  private ByteBuffer out;

  WireWriter(ByteOrder order) {
    out = ByteBuffer.allocate(256).order(order);
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
        signature(v.value().code());
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
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putUnsigned(bytes.length);
    room(bytes.length + 1).put(bytes).put((byte) 0);
  }

  void signature(String text) {
    if (text.length() > 255) {
      throw new IllegalArgumentException("a signature has at most 255 bytes");
    }
    ByteBuffer to = room(text.length() + 2).put((byte) text.length());
    for (int i = 0; i < text.length(); i++) {
      to.put((byte) text.charAt(i));
    }
    to.put((byte) 0);
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
