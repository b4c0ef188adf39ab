package org.keywarden.ibus.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, signatures and values, at the edge of what each may be. */
final class GrammarTest {
  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "/a/b", "/A_z/09", "/Z/z/_"})
  void isPath(String text) {
    assertTrue(Names.isPath(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "//", "/a/", "/a//b", "/a-b", "/@", "/[", "/`", "/{", "/:", "/é"})
  void isNoPath(String text) {
    assertFalse(Names.isPath(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b", "_a._b", "A9.z0.Z"})
  void isInterface(String text) {
    assertTrue(Names.isInterface(text));
    assertTrue(Names.isBus(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", ".a.b", "a.", "a..b", "a.9b", "9a.b", "a/b.c", ":1.2"})
  void isNoInterface(String text) {
    assertFalse(Names.isInterface(text));
  }

  @Test
  void onlyBusNamesHaveHyphensAndOnlyUniqueOnesBeginWithDigits() {
    assertFalse(Names.isInterface("a-b.c"));
    assertTrue(Names.isBus("a-b.c"));
    assertTrue(Names.isBus(":1.2"));
    assertTrue(Names.isBus(":1-a.2_b"));
    assertFalse(Names.isBus("a.2"));
    assertFalse(Names.isBus(":1"));
    assertFalse(Names.isBus(":"));
    assertFalse(Names.isBus("::1.2"));
  }

  @Test
  void namesHaveAtMostTwoHundredFiftyFiveBytes() {
    String dotted = "a." + "b".repeat(253);
    assertTrue(Names.isInterface(dotted));
    assertFalse(Names.isInterface(dotted + "b"));
    assertTrue(Names.isMember("m".repeat(255)));
    assertFalse(Names.isMember("m".repeat(256)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "9a", "0", "a.b", "a-b", "a b", "é"})
  void isNoMember(String text) {
    assertFalse(Names.isMember(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a9", "_", "A0Z"})
  void isMember(String text) {
    assertTrue(Names.isMember(text));
  }

  @Test
  void textHasNoNulAndNoHalfOfACharacter() {
    assertTrue(Names.isText(""));
    assertTrue(Names.isText("a\uD83D\uDE00b"));
    assertFalse(Names.isText("a\0"));
    assertFalse(Names.isText("\uD83D"));
    assertFalse(Names.isText("\uD83Da"));
    assertFalse(Names.isText("\uDE00\uD83D"));
    assertFalse(Names.isText("\uD83D\uDE00\uDE00"));
  }

  // Signatures.

  @Test
  void arraysAndStructsAreCountedEachForItself() throws Malformed {
    Signature.parse("a(".repeat(32) + "y" + ")".repeat(32));
    Signature.parse("a{y".repeat(32) + "y" + "}".repeat(32));
    Signature.parse("a{y" + "a".repeat(31) + "y}");
    refused("a{y" + "a".repeat(32) + "y}");
    Signature.parse("a{y" + "(".repeat(31) + "y" + ")".repeat(31) + "}");
    refused("a{y" + "(".repeat(32) + "y" + ")".repeat(32) + "}");
    Signature.parse("(".repeat(31) + "a{yy}" + ")".repeat(31));
    refused("(".repeat(32) + "a{yy}" + ")".repeat(32));
    Signature.parse("y".repeat(255));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a{yy)", "(y", "(y}", "y)", "a{y", "a{", "{yy}", "a{(y)y}"})
  void bracketsMatch(String text) {
    refused(text);
  }

  private static void refused(String text) {
    assertThrows(Malformed.class, () -> Signature.parse(text));
  }

  @Test
  void aVariantHasOneType() throws Malformed {
    assertEquals("y", Signature.single("y").code());
    assertEquals("a{sv}", Signature.single("a{sv}").code());
    for (String text : List.of("", "yy", "a", "h")) {
      assertThrows(Malformed.class, () -> Signature.single(text));
    }
  }

  @Test
  void whyDescriptorsAreRefusedIsTold() {
    Malformed refused = assertThrows(Malformed.class, () -> Signature.parse("h"));
    assertEquals("file descriptors are not accepted", refused.getMessage());
    Malformed unknown = assertThrows(Malformed.class, () -> Signature.parse("z"));
    assertEquals("a signature names an unknown type", unknown.getMessage());
  }

  // Values.

  private static final Value BYTE = new Value.Byte((byte) 1);

  @Test
  void aValueThatCannotBeOnTheWireCannotBeMade() {
    assertThrows(IllegalArgumentException.class, () -> new Value.Str("a\0"));
    assertThrows(IllegalArgumentException.class, () -> new Value.ObjectPath("a"));
    assertThrows(IllegalArgumentException.class, () -> new Value.Struct(List.of()));
    assertThrows(IllegalArgumentException.class, () -> new Type.Struct(List.of()));
    assertThrows(
        IllegalArgumentException.class, () -> new Value.Entry(new Value.Variant(BYTE), BYTE));
    assertThrows(
        IllegalArgumentException.class, () -> new Value.Array(Type.Basic.BOOLEAN, List.of(BYTE)));
  }

  @Test
  void aValueIsOfItsTypeOnly() {
    List<Value> values =
        List.of(
            BYTE,
            new Value.Variant(BYTE),
            new Value.Array(Type.Basic.BYTE, List.of(BYTE)),
            new Value.Array(Type.Basic.INT16, List.of()),
            Value.Struct.of(BYTE),
            Value.Struct.of(BYTE, BYTE),
            Value.Struct.of(new Value.Bool(true)),
            new Value.Entry(BYTE, BYTE),
            new Value.Entry(BYTE, new Value.Bool(true)),
            new Value.Entry(new Value.Bool(true), BYTE));
    for (Value value : values) {
      for (Value other : values) {
        assertEquals(value == other, value.isOf(other.type()), value + " " + other);
      }
    }
  }

  @Test
  void aValuePrintsItsTypeOnly() {
    List<Value> values =
        List.of(
            BYTE,
            new Value.Bool(true),
            new Value.Int16((short) 1),
            new Value.UInt16((short) 1),
            new Value.Int32(1),
            new Value.UInt32(1),
            new Value.Int64(1),
            new Value.UInt64(1),
            new Value.Float64(1),
            new Value.Str("typed"),
            new Value.ObjectPath("/a"),
            new Value.Sig(List.of()),
            new Value.Variant(BYTE),
            new Value.Array(Type.Basic.BYTE, List.of(BYTE)),
            Value.Struct.of(BYTE, BYTE),
            new Value.Entry(BYTE, BYTE));
    assertEquals("[y, b, n, q, i, u, x, t, d, s, o, g, v, ay, (yy), {yy}]", values.toString());
    for (Value value : values) {
      assertEquals(value.type().code(), value.code());
    }
  }

  @Test
  void alignmentsAreThoseOfTheSpecification() {
    assertEquals(1, Type.Variant.VARIANT.alignment());
    assertEquals(4, new Type.Array(Type.Basic.INT64).alignment());
    assertEquals(8, new Type.Struct(List.of(Type.Basic.BYTE)).alignment());
    assertEquals(8, new Type.Entry(Type.Basic.BYTE, Type.Basic.BYTE).alignment());
  }
}
