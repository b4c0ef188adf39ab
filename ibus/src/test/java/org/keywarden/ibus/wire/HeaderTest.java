package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers: what each kind of message needs, what fields may be, and how long a message may be. */
final class HeaderTest {
  private static void refused(int kind, Raw.Field... fields) {
    byte[] bytes = Raw.message(kind, fields);
    assertThrows(Malformed.class, () -> Raw.read(bytes));
  }

  private static Message signalWith(Raw.Field... more) throws Malformed {
    Stream<Raw.Field> needed = Stream.of(Raw.path(), Raw.interfaceName(), Raw.member());
    return Raw.read(
        Raw.message(Raw.SIGNAL, Stream.concat(needed, Stream.of(more)).toArray(Raw.Field[]::new)));
  }

  @Test
  void eachKindNeedsItsFields() throws Malformed {
    assertEquals(
        Message.Kind.CALL, Raw.read(Raw.message(Raw.CALL, Raw.path(), Raw.member())).kind());
    refused(Raw.CALL, Raw.path());
    refused(Raw.CALL, Raw.member());
    assertEquals(Message.Kind.SIGNAL, signalWith().kind());
    refused(Raw.SIGNAL, Raw.path(), Raw.member());
    refused(Raw.SIGNAL, Raw.path(), Raw.interfaceName());
    refused(Raw.SIGNAL, Raw.interfaceName(), Raw.member());
    assertEquals(Message.Kind.RETURN, Raw.read(Raw.message(Raw.RETURN, Raw.reply(1))).kind());
    refused(Raw.RETURN);
    Message error = Raw.read(Raw.message(Raw.ERROR, Raw.reply(-1), Raw.errorName()));
    assertEquals(Message.Kind.ERROR, error.kind());
    assertEquals("e.f", error.errorName());
    assertEquals(-1, error.replySerial(), "serials are unsigned");
    refused(Raw.ERROR, Raw.reply(1));
    refused(Raw.ERROR, Raw.errorName());
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 127, 128, 255})
  void kindsOfLaterVersionsAreRead(int kind) throws Malformed {
    assertEquals(Message.Kind.OTHER, Raw.read(Raw.message(kind)).kind());
  }

  @Test
  void kindZeroIsRefused() {
    refused(0, Raw.path(), Raw.interfaceName(), Raw.member());
  }

  @Test
  void serialZeroIsRefusedAndFlagsAreKept() throws Malformed {
    List<Raw.Field> call = List.of(Raw.path(), Raw.member());
    byte[] unnumbered = Raw.message(Raw.CALL, 0, 0, call, new byte[0]);
    assertThrows(Malformed.class, () -> Raw.read(unnumbered));
    Message read = Raw.read(Raw.message(Raw.CALL, 0xFF, -1, call, new byte[0]));
    assertEquals(0xFF, read.flags());
    assertEquals(-1, read.serial());
  }

  private static Stream<Raw.Field> wrongFields() {
    return Stream.of(
        Raw.text(0, "x"),
        Raw.text(1, "/a"),
        new Raw.Field(2, new Value.UInt32(1)),
        Raw.text(2, "b"),
        Raw.text(3, "b.c"),
        Raw.text(4, "e"),
        Raw.text(5, "1"),
        Raw.reply(0),
        Raw.text(6, "b"),
        Raw.text(7, "b"),
        Raw.text(8, "s"),
        Raw.text(9, "0"),
        new Raw.Field(9, new Value.UInt32(1)));
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  void aFieldThatIsNotWhatItsCodeSaysIsRefused(Raw.Field wrong) {
    Raw.Field[] needed = {Raw.path(), Raw.interfaceName(), Raw.member()};
    Raw.Field[] others =
        Stream.concat(
                Arrays.stream(needed).filter(each -> each.code() != wrong.code()), Stream.of(wrong))
            .toArray(Raw.Field[]::new);
    refused(Raw.SIGNAL, others);
  }

  @Test
  void noDescriptorsAreNone() throws Malformed {
    assertEquals("D", signalWith(new Raw.Field(9, new Value.UInt32(0))).member());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 31})
  void aFieldThatComesTwiceIsRefused(int code) {
    Raw.Field field = code == 1 ? Raw.path() : Raw.text(code, code == 3 ? "D" : "b.c");
    refused(Raw.SIGNAL, Raw.path(), Raw.interfaceName(), Raw.member(), field, field);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 31, 32, 127, 128, 255})
  void fieldsOfLaterVersionsAreIgnored(int code) throws Malformed {
    assertEquals("D", signalWith(Raw.text(code, "x")).member());
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 33, 127, 128, 255})
  void ofFieldsFarBeyondThoseKnownNoneIsCounted(int code) throws Malformed {
    assertEquals("D", signalWith(Raw.text(code, "x"), Raw.text(code, "x")).member());
  }

  @Test
  void allFieldsAreRead() throws Malformed {
    Message read = signalWith(Raw.text(6, "g.h"), Raw.text(7, ":1.9"));
    assertEquals("/a", read.path());
    assertEquals("b.c", read.interfaceName());
    assertEquals("g.h", read.destination());
    assertEquals(":1.9", read.sender());
    assertEquals(List.of(), read.body());
  }

  @Test
  void aBodyIsAsLongAsItsSignatureSays() throws Malformed {
    assertEquals(List.of(new Value.Byte((byte) 9)), Raw.read(Raw.body("y", 9)).body());
    assertThrows(Malformed.class, () -> Raw.read(Raw.body("y", 9, 9)));
    assertThrows(Malformed.class, () -> Raw.read(Raw.body("yy", 9)));
    assertThrows(Malformed.class, () -> Raw.read(Raw.body("", 9)));
  }

  @Test
  void theLastFieldEndsWhereTheHeaderSays() throws Malformed {
    byte[] bytes = Raw.body("y", 9);
    assertEquals(7, bytes[12] % 8, "one byte of padding follows");
    bytes[12]--;
    assertThrows(Malformed.class, () -> Raw.read(bytes));
  }

  @Test
  void oneMessageIsReadAndNoPartOfAnother() {
    byte[] bytes = Raw.message(Raw.RETURN, Raw.reply(1));
    byte[] more = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(Malformed.class, () -> Raw.read(more));
    assertThrows(Malformed.class, () -> Raw.read(Arrays.copyOf(bytes, 15)));
    assertThrows(Malformed.class, () -> Raw.read(new byte[0]));
  }

  // How long it is.

  private static ByteBuffer prefix(int body, int fields) {
    ByteBuffer prefix = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    prefix.put(4, (byte) 'l').put(5, (byte) 1).put(7, (byte) 1);
    return prefix.putInt(8, body).putInt(12, 1).putInt(16, fields).position(4);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 16",
    "0, 1, 24",
    "0, 8, 24",
    "0, 9, 32",
    "5, 8, 29",
    "0, 16384, 16400",
    "1032176, 16384, 1048576",
    "1048560, 0, 1048576",
  })
  void theLengthIsThatOfHeaderPaddingAndBody(int body, int fields, int length) throws Malformed {
    ByteBuffer prefix = prefix(body, fields);
    assertEquals(length, MessageCodec.length(prefix));
    assertEquals(4, prefix.position());
    prefix.order(ByteOrder.BIG_ENDIAN);
    assertEquals(length, MessageCodec.length(prefix), "whatever the order of the buffer");
  }

  @ParameterizedTest
  @CsvSource({"0, 16385", "1048561, 0", "-1, 0", "0, -1"})
  void moreIsRefusedButItsLengthIsKnown(int body, int fields) throws Malformed {
    ByteBuffer prefix = prefix(body, fields);
    assertThrows(Malformed.class, () -> MessageCodec.length(prefix));
    long header = (16 + Integer.toUnsignedLong(fields) + 7) / 8 * 8;
    assertEquals(header + Integer.toUnsignedLong(body), MessageCodec.announced(prefix));
  }

  @Test
  void whatBeginsOtherwiseIsNoMessage() {
    assertThrows(Malformed.class, () -> MessageCodec.length(prefix(0, 0).put(7, (byte) 2)));
    assertThrows(Malformed.class, () -> MessageCodec.length(prefix(0, 0).put(4, (byte) 'L')));
  }

  // What cannot be written.

  private static Message message(
      String path, String interfaceName, String member, String error, String bus) {
    return new Message(
        Message.Kind.CALL, 0, 1, path, interfaceName, member, error, 0, bus, bus, List.of());
  }

  @Test
  void whatCannotBeReadIsNotWritten() {
    for (Message each :
        List.of(
            message("a", "b.c", "D", "e.f", "g.h"),
            message("/a", "b", "D", "e.f", "g.h"),
            message("/a", "b.c", "D.E", "e.f", "g.h"),
            message("/a", "b.c", "D", "e", "g.h"),
            message("/a", "b.c", "D", "e.f", "g"),
            message("/a", "b.c", "D", "e.f", "g.h").numbered(0))) {
      assertThrows(IllegalArgumentException.class, () -> MessageCodec.write(each));
    }
  }

  @Test
  void theLargestMessageIsWrittenAndReadAndNoLarger() throws Malformed {
    Message empty = message("/a", "b.c", "D", "e.f", "g.h");
    int header = MessageCodec.write(with(empty, 0)).length;
    Message largest = with(empty, MessageCodec.LARGEST - header);
    byte[] bytes = MessageCodec.write(largest);
    assertEquals(MessageCodec.LARGEST, bytes.length);
    assertEquals(largest, Raw.read(bytes));
    Message larger = with(empty, MessageCodec.LARGEST - header + 1);
    assertThrows(IllegalArgumentException.class, () -> MessageCodec.write(larger));
  }

  private static Message with(Message message, int letters) {
    return new Message(
        message.kind(),
        0,
        1,
        message.path(),
        message.interfaceName(),
        message.member(),
        null,
        0,
        null,
        null,
        List.of(new Value.Str("x".repeat(letters))));
  }

  // What is made of a message.

  @Test
  void anAnswerGoesToTheCaller() throws Malformed {
    Message call = Message.call("g.h", "/a", "b.c", "D").numbered(5).from(":1.2");
    assertTrue(call.wantsReply());
    Message reply = call.reply(new Value.Bool(true));
    assertEquals(5, reply.replySerial());
    assertEquals(":1.2", reply.destination());
    assertEquals("b", reply.signature());
    assertEquals(Message.NO_REPLY, reply.flags());
    Message error = call.error("e.f", "why");
    assertEquals(Message.Kind.ERROR, error.kind());
    assertEquals(5, error.replySerial());
    assertEquals("e.f", error.errorName());
    assertEquals(List.of(new Value.Str("why")), error.body());
    for (Message each : List.of(reply.numbered(9), error.numbered(-1))) {
      assertEquals(each, Raw.read(MessageCodec.write(each)));
    }
    assertEquals("ERROR[null.null s]", error.to(":1.3").toString());
    assertEquals(":1.3", error.to(":1.3").destination());
  }

  @Test
  void onlyACallWantsAnAnswerAndOnlyIfItSaysSo() throws Malformed {
    List<Raw.Field> fields = List.of(Raw.path(), Raw.interfaceName(), Raw.member(), Raw.reply(1));
    assertEquals(false, Raw.read(Raw.message(Raw.CALL, 1, 1, fields, new byte[0])).wantsReply());
    assertEquals(true, Raw.read(Raw.message(Raw.CALL, 2, 1, fields, new byte[0])).wantsReply());
    assertEquals(false, Raw.read(Raw.message(Raw.RETURN, 0, 1, fields, new byte[0])).wantsReply());
    assertEquals(false, Message.signal("/a", "b.c", "D").wantsReply());
  }
}
