package org.keywarden.ibus.object;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** Objects with a member too few, of another type, or with more than is taken. */
final class RefusedObjectsTest {
  private static final IbusText TEXT =
      new IbusText("a", List.of(new IbusAttribute(1, 2, 3, 4), IbusAttribute.underline(1)));
  private static final IbusProperty LEAF =
      new IbusProperty("k", 1, TEXT, "i", TEXT, true, false, 2, List.of(), TEXT);

  private static void refused(Executable reading) {
    assertThrows(Malformed.class, reading);
  }

  /** Reads an object. */
  private interface Reader {
    Object read(Value value) throws Malformed;
  }

  /** Whatever one member is replaced by, and wherever the object is cut, it is refused. */
  private static void everyMemberCounts(Value whole, int needed, Reader reader) throws Malformed {
    List<Value> members = ((Value.Struct) whole).members();
    for (int i = 0; i < members.size(); i++) {
      List<Value> changed = new ArrayList<>(members);
      changed.set(i, new Value.Float64(1));
      refused(() -> reader.read(new Value.Struct(changed)));
    }
    for (int length = 1; length < needed; length++) {
      Value cut = new Value.Struct(members.subList(0, length));
      refused(() -> reader.read(cut));
    }
    reader.read(new Value.Struct(members.subList(0, needed)));
  }

  @Test
  void everyMemberHasItsTypeAndPlace() throws Malformed {
    everyMemberCounts(TEXT.toValue(), 4, IbusText::from);
    everyMemberCounts(new IbusAttribute(1, 2, 3, 4).toValue(), 6, IbusAttribute::from);
    IbusLookupTable table = new IbusLookupTable(5, 1, true, false, 2, List.of(TEXT), List.of(TEXT));
    everyMemberCounts(table.toValue(), 9, IbusLookupTable::from);
    everyMemberCounts(IbusEngineDesc.of("a", "b", "c").toValue(), 11, IbusEngineDesc::from);
    everyMemberCounts(LEAF.toValue(), 11, IbusProperty::from);
    everyMemberCounts(IbusProperty.listToValue(List.of(LEAF)), 3, IbusProperty::listFrom);
  }

  @Test
  void aWrongMemberIsNamedByItsPlace() {
    List<Value> members = new ArrayList<>(((Value.Struct) TEXT.toValue()).members());
    members.set(2, new Value.Byte((byte) 1));
    Malformed refused =
        assertThrows(Malformed.class, () -> IbusText.from(new Value.Struct(members)));
    assertEquals("member 2 of an IBusText has the wrong type", refused.getMessage());
  }

  @Test
  void anObjectThatEndsTooEarlyIsOneAllTheSame() {
    List<Value> members = ((Value.Struct) TEXT.toValue()).members();
    Malformed refused =
        assertThrows(Malformed.class, () -> IbusText.from(new Value.Struct(members.subList(0, 2))));
    assertEquals("an IBusText is too short", refused.getMessage());
  }

  @Test
  void attachmentsAreADictionaryAndListsAreOfVariants() {
    List<Value> members = new ArrayList<>(((Value.Struct) TEXT.toValue()).members());
    members.set(1, new Value.Array(Type.Basic.STRING, List.of()));
    refused(() -> IbusText.from(new Value.Struct(members)));
    List<Value> list =
        new ArrayList<>(((Value.Struct) IbusProperty.listToValue(List.of())).members());
    list.set(2, new Value.Array(Type.Basic.STRING, List.of()));
    refused(() -> IbusProperty.listFrom(new Value.Struct(list)));
  }

  @Test
  void anObjectIsInAtMostTwoVariants() throws Malformed {
    Value twice = new Value.Variant(TEXT.toVariant());
    assertEquals(TEXT, IbusText.from(twice));
    refused(() -> IbusText.from(new Value.Variant(twice)));
  }

  @Test
  void attributesAreBounded() throws Malformed {
    List<IbusAttribute> most = Collections.nCopies(1024, IbusAttribute.underline(1));
    assertEquals(1024, IbusText.from(new IbusText("", most).toValue()).attributes().size());
    List<IbusAttribute> more = Collections.nCopies(1025, IbusAttribute.underline(1));
    refused(() -> IbusText.from(new IbusText("", more).toValue()));
  }

  private static IbusProperty menu(int depth) {
    IbusProperty menu = LEAF;
    for (int i = 0; i < depth; i++) {
      menu = new IbusProperty("m", 3, TEXT, "", TEXT, true, true, 0, List.of(menu), TEXT);
    }
    return menu;
  }

  @Test
  void menusNestEightDeepAndNoDeeper() throws Malformed {
    assertEquals(menu(7), IbusProperty.from(menu(7).toValue()));
    refused(() -> IbusProperty.from(menu(8).toValue()));
    List<IbusProperty> list = List.of(menu(7));
    assertEquals(list, IbusProperty.listFrom(IbusProperty.listToValue(list)));
    refused(() -> IbusProperty.listFrom(IbusProperty.listToValue(List.of(menu(8)))));
  }

  @Test
  void aPropertyOfAnOlderVersionHasNoSymbol() throws Malformed {
    List<Value> members = ((Value.Struct) LEAF.toValue()).members();
    IbusProperty read = IbusProperty.from(new Value.Struct(members.subList(0, 11)));
    assertEquals(IbusText.plain(""), read.symbol());
  }

  @Test
  void anEngineHasEightTextsTwice() {
    List<String> eight = Collections.nCopies(8, "x");
    List<String> seven = Collections.nCopies(7, "x");
    assertEquals(3, new IbusEngineDesc(eight, 3, eight).rank());
    assertThrows(IllegalArgumentException.class, () -> new IbusEngineDesc(seven, 0, eight));
    assertThrows(IllegalArgumentException.class, () -> new IbusEngineDesc(eight, 0, seven));
    IbusEngineDesc engine = IbusEngineDesc.of("n", "long", "ja");
    assertEquals("n", engine.name());
    assertEquals("ja", engine.language());
  }

  @Test
  void textsAreNotPrinted() {
    assertEquals("IbusText[]", TEXT.toString());
    assertEquals(
        "IbusLookupTable[]",
        new IbusLookupTable(5, 0, true, false, 2, List.of(TEXT), List.of()).toString());
  }
}
