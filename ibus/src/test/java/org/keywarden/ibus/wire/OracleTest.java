package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.freedesktop.dbus.messages.MessageFactory;
import org.junit.jupiter.api.Test;

/** Against dbus-java: what one writes the other reads, both ways. */
final class OracleTest {
  private static final int ROUNDS = 1500;

  @Test
  void dbusJavaReadsWhatWeWrite() throws Exception {
    long seed = new Random().nextLong();
    RandomValues values = new RandomValues(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      List<Value> body = values.types().stream().map(values::value).toList();
      ByteOrder order = i % 2 == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      byte[] bytes =
          MessageCodec.write(
              Message.call("a.b", "/x", "c.d", "Member", body.toArray(Value[]::new))
                  .numbered(i + 1),
              order);
      assertEquals(canonical(body), canonical(Arrays.asList(theirs(bytes))), "seed " + seed);
    }
  }

  @Test
  void weReadWhatDbusJavaWrites() throws Exception {
    long seed = new Random().nextLong();
    RandomValues values = new RandomValues(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      List<Value> body = values.types().stream().map(values::value).toList();
      byte[] ours =
          MessageCodec.write(
              Message.call("a.b", "/x", "c.d", "Member", body.toArray(Value[]::new)).numbered(1));
      Object[] objects = theirs(ours);
      String signature = Type.codes(body.stream().map(Value::type).toList());
      byte endian = (byte) (i % 2 == 0 ? 'l' : 'B');
      org.freedesktop.dbus.messages.Message call =
          new MessageFactory(endian)
              .createMethodCall(
                  ":1.1",
                  "a.b",
                  "/x",
                  "c.d",
                  "Member",
                  (byte) 0,
                  signature.isEmpty() ? null : signature,
                  objects);
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      for (byte[] part : call.getWireData()) {
        if (part != null) {
          wire.writeBytes(part);
        }
      }
      Message read = MessageCodec.read(ByteBuffer.wrap(wire.toByteArray()));
      assertEquals(body, read.body(), "seed " + seed);
      assertEquals("Member", read.member());
      assertEquals(":1.1", read.sender());
    }
  }

  private static Object[] theirs(byte[] bytes) throws Exception {
    ByteBuffer in =
        ByteBuffer.wrap(bytes)
            .order(bytes[0] == 'l' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int fields = in.getInt(12);
    int body = in.getInt(4);
    int headerEnd = bytes.length - body;
    byte[] header = new byte[headerEnd - 8];
    System.arraycopy(bytes, 12, header, 0, 4);
    System.arraycopy(bytes, 16, header, 8, headerEnd - 16);
    assertEquals(headerEnd, (16 + fields + 7) & ~7);
    Object[] parameters =
        MessageFactory.createMessage(
                bytes[1],
                Arrays.copyOf(bytes, 12),
                header,
                Arrays.copyOfRange(bytes, headerEnd, bytes.length),
                List.of())
            .getParameters();
    return parameters == null ? new Object[0] : parameters;
  }

  /** One shape for both sides' objects. */
  private static Object canonical(Object object) {
    return switch (object) {
      case Value.Byte v -> v.value();
      case Value.Bool v -> v.value();
      case Value.Int16 v -> v.value();
      case Value.UInt16 v -> Short.toUnsignedLong(v.value()) + "q";
      case Value.Int32 v -> v.value();
      case Value.UInt32 v -> Integer.toUnsignedLong(v.value()) + "u";
      case Value.Int64 v -> v.value();
      case Value.UInt64 v -> Long.toUnsignedString(v.value()) + "t";
      case Value.Float64 v -> v.value();
      case Value.Str v -> v.value();
      case Value.ObjectPath v -> v.value();
      case Value.Sig v -> Type.codes(v.types());
      case Value.Variant v -> List.of("v", canonical(v.value()));
      case Value.Struct v -> canonical(v.members());
      case Value.Array v when v.element() instanceof Type.Entry -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (Value each : v.elements()) {
          if (each instanceof Value.Entry entry) {
            map.put(canonical(entry.key()), canonical(entry.value()));
          }
        }
        yield map;
      }
      case Value.Array v -> canonical(v.elements());
      case org.freedesktop.dbus.types.UInt16 v -> v + "q";
      case org.freedesktop.dbus.types.UInt32 v -> v + "u";
      case org.freedesktop.dbus.types.UInt64 v -> v + "t";
      case org.freedesktop.dbus.types.Variant<?> v -> List.of("v", canonical(v.getValue()));
      case org.freedesktop.dbus.DBusPath v -> v.getPath();
      case Map<?, ?> v -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        v.forEach((key, value) -> map.put(canonical(key), canonical(value)));
        yield map;
      }
      case byte[] v -> {
        List<Object> list = new ArrayList<>();
        for (byte each : v) {
          list.add(each);
        }
        yield list;
      }
      case List<?> v -> {
        List<Object> list = new ArrayList<>();
        v.forEach(each -> list.add(canonical(each)));
        yield list;
      }
      case Object[] v -> canonical(Arrays.asList(v));
      default -> {
        if (object.getClass().isArray()) {
          List<Object> list = new ArrayList<>();
          for (int i = 0; i < java.lang.reflect.Array.getLength(object); i++) {
            list.add(canonical(java.lang.reflect.Array.get(object, i)));
          }
          yield list;
        }
        yield object instanceof CharSequence text
            ? new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            : object;
      }
    };
  }
}
