package org.keywarden.ibus.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Value;

/** The shapes libibus prints for its own objects, and what is refused. */
final class ObjectsTest {
  private static final IbusText TEXT =
      new IbusText("漢", List.of(new IbusAttribute(2, 0xFFFFFF, 0, 1), IbusAttribute.underline(1)));

  @Test
  void aTextHasLibibusShapeAndIsReadBack() throws Malformed {
    assertEquals("(sa{sv}sv)", TEXT.toValue().type().code());
    assertEquals(TEXT, IbusText.from(TEXT.toVariant()));
    assertEquals(TEXT, IbusText.from(new Value.Variant(TEXT.toVariant())));
    assertEquals("(sa{sv}uuuu)", IbusAttribute.underline(1).toValue().type().code());
  }

  @Test
  void aLookupTableHasLibibusShapeAndIsReadBack() throws Malformed {
    IbusLookupTable table =
        new IbusLookupTable(5, 0, true, false, 2, List.of(TEXT), List.of(IbusText.plain("1")));
    assertEquals("(sa{sv}uubbiavav)", table.toValue().type().code());
    assertEquals(table, IbusLookupTable.from(table.toValue()));
  }

  @Test
  void anEngineDescHasLibibusShapeAndMayEndEarly() throws Malformed {
    IbusEngineDesc engine = IbusEngineDesc.of("keywarden", "Keywarden", "ja");
    assertEquals("(sa{sv}ssssssssussssssss)", engine.toValue().type().code());
    assertEquals(engine, IbusEngineDesc.from(engine.toValue()));
    if (engine.toValue() instanceof Value.Struct whole) {
      assertEquals(engine, IbusEngineDesc.from(new Value.Struct(whole.members().subList(0, 12))));
    }
  }

  @Test
  void aPropertyHasLibibusShapeAndIsReadBack() throws Malformed {
    IbusProperty leaf =
        new IbusProperty(
            "k", 1, TEXT, "", IbusText.plain(""), true, true, 0, List.of(), IbusText.plain(""));
    IbusProperty menu =
        new IbusProperty(
            "m", 3, TEXT, "i", TEXT, true, false, 1, List.of(leaf), IbusText.plain("あ"));
    assertEquals("(sa{sv}suvsvbbuvv)", menu.toValue().type().code());
    assertEquals(
        List.of(menu, leaf), IbusProperty.listFrom(IbusProperty.listToValue(List.of(menu, leaf))));
  }

  @Test
  void anotherObjectThanExpectedIsRefused() {
    assertThrows(Malformed.class, () -> IbusText.from(IbusAttribute.underline(1).toValue()));
    assertThrows(Malformed.class, () -> IbusText.from(new Value.Str("IBusText")));
    assertThrows(
        Malformed.class,
        () -> IbusText.from(Value.Struct.of(new Value.Str("IBusText"), new Value.Str(""))));
  }
}
