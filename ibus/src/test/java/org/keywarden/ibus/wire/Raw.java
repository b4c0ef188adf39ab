package org.keywarden.ibus.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Messages as a peer may write them: any header fields, any body. */
final class Raw {
  static final int CALL = 1;
  static final int RETURN = 2;
  static final int ERROR = 3;
  static final int SIGNAL = 4;

  private Raw() {}

  /** One header field. */
  record Field(int code, Value value) {}

  static Field path() {
    return new Field(1, new Value.ObjectPath("/a"));
  }

  static Field interfaceName() {
    return text(2, "b.c");
  }

  static Field member() {
    return text(3, "D");
  }

  static Field errorName() {
    return text(4, "e.f");
  }

  static Field reply(int serial) {
    return new Field(5, new Value.UInt32(serial));
  }

  static Field text(int code, String text) {
    return new Field(code, new Value.Str(text));
  }

  /** A message of serial 7 without a body. */
  static byte[] message(int kind, Field... fields) {
    return message(kind, 0, 7, List.of(fields), new byte[0]);
  }

  static byte[] message(int kind, int flags, int serial, List<Field> fields, byte[] body) {
    WireWriter writer = new WireWriter().begin(ByteOrder.LITTLE_ENDIAN);
    writer.putByte('l');
    writer.putByte(kind);
    writer.putByte(flags);
    writer.putByte(1);
    writer.putUnsigned(body.length);
    writer.putUnsigned(serial);
    long begun = writer.beginArray(8);
    for (Field each : fields) {
      writer.align(8);
      writer.putByte(each.code());
      writer.write(new Value.Variant(each.value()));
    }
    writer.endArray(begun);
    writer.align(8);
    for (byte each : body) {
      writer.putByte(each);
    }
    return writer.bytes();
  }

  /** A signal with a body that says it is of these types. */
  static byte[] body(String signature, int... bytes) throws Malformed {
    byte[] body = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      body[i] = (byte) bytes[i];
    }
    Field types = new Field(8, new Value.Sig(Signature.parse(signature)));
    return message(SIGNAL, 0, 7, List.of(path(), interfaceName(), member(), types), body);
  }

  static Message read(byte[] bytes) throws Malformed {
    return MessageCodec.read(ByteBuffer.wrap(bytes));
  }
}
