package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies, byte by byte: what is accepted at the edge of each rule, and what is refused beyond. */
final class RefusedBodiesTest {
  private static int[] bytes(String hex) {
    return Arrays.stream(hex.strip().split(" +"))
        .mapToInt(each -> Integer.parseInt(each, 16))
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "b, 01 00 00 00",
    "yn, 01 00 02 00",
    "yx, 01 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00",
    "s, 01 00 00 00 61 00",
    "s, 00 00 00 00 00",
    "s, 02 00 00 00 C3 A9 00",
    "s, 01 00 00 00 7F 00",
    "o, 01 00 00 00 2F 00",
    "g, 01 73 00",
    "v, 01 79 00 05",
    "ai, 04 00 00 00 01 00 00 00",
    "ai, 00 00 00 00",
    "ax, 00 00 00 00 00 00 00 00",
    "a{yy}, 02 00 00 00 00 00 00 00 01 02",
  })
  void isRead(String signature, String hex) throws Malformed {
    assertEquals(signature, Raw.read(Raw.body(signature, bytes(hex))).signature());
  }

  @ParameterizedTest
  @CsvSource({
    "b, 02 00 00 00",
    "b, 00 01 00 00",
    "yn, 01 01 02 00",
    "yx, 01 00 00 00 00 00 00 01 01 00 00 00 00 00 00 00",
    "s, 01 00 00 00 61 01",
    "s, 02 00 00 00 61 00 00",
    "s, 01 00 00 00 C3 00",
    "s, 02 00 00 00 FF FE 00",
    "s, 02 00 00 00 61 00",
    "s, FF FF FF FF 61 00",
    "s, 01 00 00 00",
    "o, 01 00 00 00 61 00",
    "o, 00 00 00 00 00",
    "g, 01 7A 00",
    "g, 01 73 01",
    "v, 02 79 79 00 05 05",
    "v, 00 00",
    "ai, 03 00 00 00 01 00 00 00",
    "ai, 08 00 00 00 01 00 00 00",
    "ai, FF FF FF FF 01 00 00 00",
    "ax, 08 00 00 00 00 00 00 00",
    "as, 05 00 00 00 01 00 00 00 61 00",
  })
  void isRefused(String signature, String hex) {
    assertThrows(Malformed.class, () -> Raw.read(Raw.body(signature, bytes(hex))));
  }

  private static Message call(Value value) {
    return Message.call("a.b", "/x", "c.d", "M", value).numbered(1);
  }

  private static void sameAgain(Value value) throws Malformed {
    Message message = call(value);
    assertEquals(message, Raw.read(MessageCodec.write(message)));
  }

  private static void refused(Value value) {
    byte[] bytes = MessageCodec.write(call(value));
    assertThrows(Malformed.class, () -> Raw.read(bytes));
  }

  @Test
  void aMessageHoldsSixtyFourThousandValuesAndNoMore() throws Malformed {
    // Five header fields and the array itself are values, too.
    int most = 64 * 1024 - 6;
    sameAgain(manyBytes(most));
    refused(manyBytes(most + 1));
  }

  private static Value manyBytes(int count) {
    return new Value.Array(Type.Basic.BYTE, Collections.nCopies(count, new Value.Byte((byte) 1)));
  }

  private static Value times(int times, UnaryOperator<Value> around, Value inside) {
    Value value = inside;
    for (int i = 0; i < times; i++) {
      value = around.apply(value);
    }
    return value;
  }

  private static Value inVariants(int times, Value inside) {
    return times(times, Value.Variant::new, inside);
  }

  @Test
  void containersOfEachKindCountForTheDepth() throws Malformed {
    Value one = new Value.Byte((byte) 1);
    Value struct = Value.Struct.of(one);
    sameAgain(inVariants(63, struct));
    refused(inVariants(64, struct));
    Value array = new Value.Array(Type.Basic.BYTE, List.of(one));
    sameAgain(inVariants(63, array));
    refused(inVariants(64, array));
    Type.Entry type = new Type.Entry(Type.Basic.BYTE, Type.Basic.BYTE);
    Value dictionary = new Value.Array(type, List.of(new Value.Entry(one, one)));
    sameAgain(inVariants(62, dictionary));
    refused(inVariants(63, dictionary));
  }

  @Test
  void whatIsInsideAContainerIsDeeper() throws Malformed {
    Value one = new Value.Byte((byte) 1);
    sameAgain(times(32, each -> new Value.Variant(Value.Struct.of(each)), one));
    refused(times(32, each -> new Value.Variant(Value.Struct.of(each)), new Value.Variant(one)));
    UnaryOperator<Value> row =
        each -> new Value.Array(Type.Variant.VARIANT, List.of(new Value.Variant(each)));
    sameAgain(times(32, row, one));
    refused(times(33, row, one));
    UnaryOperator<Value> entry =
        each ->
            new Value.Array(
                new Type.Entry(Type.Basic.BYTE, Type.Variant.VARIANT),
                List.of(new Value.Entry(one, new Value.Variant(each))));
    sameAgain(new Value.Variant(times(21, entry, one)));
    refused(new Value.Variant(times(21, entry, new Value.Variant(one))));
  }

  @Test
  void aHeaderFieldIsThreeDeepAlready() throws Malformed {
    Value one = new Value.Byte((byte) 1);
    List<Raw.Field> needed = List.of(Raw.path(), Raw.interfaceName(), Raw.member());
    Raw.Field deepest = new Raw.Field(10, inVariants(61, one));
    Raw.Field deeper = new Raw.Field(10, inVariants(62, one));
    Raw.read(Raw.message(Raw.SIGNAL, 0, 1, plus(needed, deepest), new byte[0]));
    byte[] bytes = Raw.message(Raw.SIGNAL, 0, 1, plus(needed, deeper), new byte[0]);
    assertThrows(Malformed.class, () -> Raw.read(bytes));
  }

  private static List<Raw.Field> plus(List<Raw.Field> fields, Raw.Field one) {
    return java.util.stream.Stream.concat(fields.stream(), java.util.stream.Stream.of(one))
        .toList();
  }

  @Test
  void valuesOfAnyLengthAndPlaceAreWritten() throws Malformed {
    for (int length = 0; length < 700; length++) {
      String text = "x".repeat(length);
      sameAgain(
          Value.Struct.of(
              new Value.Str(text),
              new Value.Int64(length),
              new Value.Byte((byte) length),
              new Value.Array(Type.Basic.INT64, List.of(new Value.Int64(-1))),
              new Value.Sig(List.of(Type.Basic.BYTE))));
    }
    sameAgain(new Value.Str("x".repeat(100_000)));
  }

  @Test
  void aSignatureOfTwoHundredFiftyFiveBytesIsWrittenAndNoLonger() throws Malformed {
    sameAgain(new Value.Sig(Collections.nCopies(255, Type.Basic.BYTE)));
    Message longer = call(new Value.Sig(Collections.nCopies(256, Type.Basic.BYTE)));
    assertThrows(IllegalArgumentException.class, () -> MessageCodec.write(longer));
  }
}
