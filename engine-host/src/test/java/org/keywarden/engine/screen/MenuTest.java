package org.keywarden.engine.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.keywarden.ibus.object.IbusProperty;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ime.Property;

final class MenuTest {
  private final Menu menu = new Menu();

  private static IbusProperty property(
      String key, int kind, String label, int state, List<IbusProperty> children) {
    return new IbusProperty(
        key,
        kind,
        IbusText.plain(label),
        "/usr/share/icon.png",
        IbusText.plain("tip"),
        true,
        true,
        state,
        children,
        IbusText.plain("あ"));
  }

  private static IbusProperty choice(String key, int state) {
    return property(key, IbusProperty.RADIO, key, state, List.of());
  }

  private static List<String> keys(List<Property> items) {
    return items.stream().map(each -> each.menu() + "/" + each.key()).toList();
  }

  @Test
  void menusAreFlattenedInOrder() {
    menu.register(
        List.of(
            property("mode", IbusProperty.MENU, "Mode", 0, List.of(choice("a", 1), choice("b", 0))),
            property("", IbusProperty.SEPARATOR, "", 0, List.of()),
            property("setup", IbusProperty.NORMAL, "Set\nup\u202E", 0, List.of())));
    List<Property> items = menu.items();
    assertEquals(List.of("/mode", "mode/a", "mode/b", "/separator-3", "/setup"), keys(items));
    assertTrue(items.get(1).checked());
    assertEquals("Set up", items.getLast().label());
  }

  @Test
  void anUpdateChangesOnePropertyWhereverItIs() {
    menu.register(
        List.of(
            property(
                "mode", IbusProperty.MENU, "Mode", 0, List.of(choice("a", 1), choice("b", 0)))));
    menu.update(choice("b", 1));
    menu.update(choice("unknown", 1));
    menu.update(property("mode", IbusProperty.MENU, "Changed", 0, List.of()));
    List<Property> items = menu.items();
    assertEquals(List.of("/mode", "mode/a", "mode/b"), keys(items));
    assertEquals("Changed", items.getFirst().label());
    assertTrue(items.getLast().checked());
  }

  @Test
  void whatABrokerWouldRefuseIsLeftOut() {
    IbusProperty deep = choice("leaf", 0);
    for (int i = 0; i < 7; i++) {
      deep = property("m" + i, IbusProperty.MENU, "m", 0, List.of(deep));
    }
    menu.register(
        List.of(
            deep,
            choice("twice", 0),
            choice("twice", 1),
            choice("x".repeat(65), 0),
            choice("bell\u0007", 0),
            property("kind", 99, "?", 0, List.of())));
    assertEquals(List.of("/m6", "m6/m5", "m5/m4", "m4/m3", "/twice"), keys(menu.items()));
    menu.register(IntStream.range(0, 500).mapToObj(i -> choice("p" + i, 0)).toList());
    assertEquals(64, menu.items().size());
  }
}
