package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageCodecTest {
  private static final Message CALL =
      Message.call(
              "org.freedesktop.IBus",
              "/org/freedesktop/IBus",
              "org.freedesktop.IBus",
              "CreateInputContext",
              new Value.Str("test"))
          .numbered(7);

  @Test
  void whatIsWrittenIsReadInBothByteOrders() throws Malformed {
    long seed = new Random().nextLong();
    RandomValues values = new RandomValues(new Random(seed));
    for (int i = 0; i < 3000; i++) {
      Value[] body = values.types().stream().map(values::value).toArray(Value[]::new);
      Message message =
          Message.call("a.b", "/x", "c.d", "Member", body).numbered(i + 1).from(":1.5");
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        byte[] bytes = MessageCodec.write(message, order);
        assertEquals(bytes.length, MessageCodec.length(ByteBuffer.wrap(bytes)));
        assertEquals(message, MessageCodec.read(ByteBuffer.wrap(bytes)), "seed " + seed);
      }
    }
  }

  @Test
  void everyCutAndEveryChangedByteIsReadOrRefused() {
    byte[] whole =
        MessageCodec.write(
            Message.signal(
                    "/a",
                    "b.c",
                    "D",
                    new Value.Variant(
                        Value.Struct.of(
                            new Value.Str("text"),
                            new Value.Array(
                                Type.Basic.UINT32, Collections.nCopies(3, new Value.UInt32(9))))))
                .numbered(1));
    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      assertThrows(Malformed.class, () -> MessageCodec.read(cut));
    }
    for (int at = 0; at < whole.length; at++) {
      for (int to = 0; to < 256; to++) {
        byte[] changed = whole.clone();
        changed[at] = (byte) to;
        Hostile.read(changed);
      }
    }
  }

  @Test
  void anHonestMessageOfRandomBytesChangedIsReadOrRefused() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RandomValues values = new RandomValues(random);
    for (int i = 0; i < 5000; i++) {
      Value[] body = values.types().stream().map(values::value).toArray(Value[]::new);
      byte[] bytes =
          MessageCodec.write(Message.call("a.b", "/x", "c.d", "Member", body).numbered(1));
      for (int changes = 1 + random.nextInt(8); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        Hostile.read(bytes);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void aLengthBeyondTheLimitIsRefusedFromThePrefix() {
    ByteBuffer prefix = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    prefix.put(0, (byte) 'l').put(1, (byte) 1).put(3, (byte) 1).putInt(4, -1).putInt(8, 1);
    assertThrows(Malformed.class, () -> MessageCodec.length(prefix));
    prefix.putInt(4, 0).putInt(12, 1 << 20);
    assertThrows(Malformed.class, () -> MessageCodec.length(prefix));
  }

  @Test
  void tooManyValuesAreRefused() {
    Message flood = Message.call("a.b", "/x", "c.d", "M", bytes(70_000)).numbered(1);
    byte[] wire = MessageCodec.write(flood);
    assertThrows(Malformed.class, () -> MessageCodec.read(ByteBuffer.wrap(wire)));
  }

  private static Value bytes(int count) {
    return new Value.Array(Type.Basic.BYTE, Collections.nCopies(count, new Value.Byte((byte) 0)));
  }

  @Test
  void variantsNestSixtyFourDeepAndNoDeeper() throws Malformed {
    Message deepest = Message.call("a.b", "/x", "c.d", "M", nested(64)).numbered(1);
    assertEquals(deepest, MessageCodec.read(ByteBuffer.wrap(MessageCodec.write(deepest))));
    byte[] deeper =
        MessageCodec.write(Message.call("a.b", "/x", "c.d", "M", nested(65)).numbered(1));
    assertThrows(Malformed.class, () -> MessageCodec.read(ByteBuffer.wrap(deeper)));
  }

  private static Value nested(int depth) {
    Value value = new Value.Byte((byte) 1);
    for (int i = 0; i < depth; i++) {
      value = new Value.Variant(value);
    }
    return value;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "a{sv}", "(sa{sv}sv)", "aaa(yv)", "a{s(ii)}", "vv"})
  void signaturesAreReadBackAsTheyWere(String text) throws Malformed {
    assertEquals(text, Type.codes(Signature.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"h", "a", "(", ")", "()", "{sv}", "a{vs}", "a{s}", "a{sss}", "(s", "z", "a{sv"})
  void whatIsNoSignatureIsRefused(String text) {
    assertThrows(Malformed.class, () -> Signature.parse(text));
  }

  @Test
  void signaturesNestThirtyTwoDeepAndNoDeeper() throws Malformed {
    Signature.parse("a".repeat(32) + "y");
    Signature.parse("(".repeat(32) + "y" + ")".repeat(32));
    assertThrows(Malformed.class, () -> Signature.parse("a".repeat(33) + "y"));
    assertThrows(Malformed.class, () -> Signature.parse("(".repeat(33) + "y" + ")".repeat(33)));
    assertThrows(Malformed.class, () -> Signature.parse("y".repeat(256)));
  }

  @Test
  void namesFollowTheGrammar() {
    assertTrue(Names.isBus(":1.0"));
    assertTrue(Names.isBus("org.freedesktop.IBus"));
    assertFalse(Names.isBus("org"));
    assertFalse(Names.isBus("org..x"));
    assertFalse(Names.isBus(""));
    assertFalse(Names.isBus("1org.x"));
    assertTrue(Names.isPath("/"));
    assertFalse(Names.isPath("/a/"));
    assertFalse(Names.isPath("//a"));
    assertFalse(Names.isPath("a"));
    assertTrue(Names.isMember("Hello"));
    assertFalse(Names.isMember("He.llo"));
  }

  @Test
  void aMessageWithoutSerialOrNeededFieldsIsRefused() {
    byte[] bytes = MessageCodec.write(CALL);
    bytes[8] = 0;
    assertThrows(Malformed.class, () -> MessageCodec.read(ByteBuffer.wrap(bytes)));
    byte[] pathless =
        MessageCodec.write(
            new Message(Message.Kind.CALL, 0, 1, null, null, "M", null, 0, null, null, List.of()));
    assertThrows(Malformed.class, () -> MessageCodec.read(ByteBuffer.wrap(pathless)));
  }
}
