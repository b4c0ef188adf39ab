package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.object.IbusEngineDesc;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** Which input method composes: by the panel, and by the key that switches. */
final class PanelChoiceTest extends PanelScene {
  // Engines.

  private Message ask(Fixture.App of, String member, Value... body) {
    return of.call(BusObject.IBUS, IbusObject.PATH, BusObject.IBUS, member, body);
  }

  private static List<String> names(Value engines) throws Malformed {
    Value inner = engines instanceof Value.Variant variant ? variant.value() : engines;
    List<String> names = new ArrayList<>();
    for (Value each : ((Value.Array) inner).elements()) {
      names.add(IbusEngineDesc.from(each).name());
    }
    return names;
  }

  private static Value strings(String... texts) {
    return new Value.Array(
        Type.Basic.STRING, List.of(texts).stream().<Value>map(Value.Str::new).toList());
  }

  @Test
  void itsEnginesAreTheInputMethods() throws Malformed {
    own();
    List<String> all = List.of(FixedMethods.FIRST, FixedMethods.SECOND, "keyboard-only");
    Message engines =
        panel.call(
            BusObject.IBUS,
            IbusObject.PATH,
            Properties.INTERFACE,
            "Get",
            Fixture.text(BusObject.IBUS),
            Fixture.text("Engines"));
    assertEquals(all, names(engines.body().getFirst()));
    assertEquals(
        all, names(ask(panel, "GetEnginesByNames", strings("xkb:us::eng")).body().getFirst()));
    assertEquals(
        List.of(FixedMethods.SECOND),
        names(ask(panel, "GetEnginesByNames", strings(FixedMethods.SECOND)).body().getFirst()));
    assertEquals(
        List.of(),
        names(ask(application, "GetEnginesByNames", strings("hangul")).body().getFirst()));
    assertEquals(
        List.of("keywarden"),
        names(ask(application, "GetEnginesByNames", strings("keywarden")).body().getFirst()));
    assertEquals(List.of("keywarden"), names(ask(application, "ListEngines").body().getFirst()));
  }

  /** By IBusEngineDesc's order: layout before the rank, variant and option behind it. */
  @Test
  void itIsToldTheLayoutAndItsVariant() throws Malformed {
    own();
    ask(panel, "SetGlobalEngine", Fixture.text(FixedMethods.SECOND));
    Value told = ask(panel, "GetGlobalEngine").body().getFirst();
    IbusEngineDesc engine = IbusEngineDesc.from(((Value.Variant) told).value());
    assertEquals("kr", engine.leading().getLast());
    assertEquals(List.of("kr104", ""), engine.trailing().subList(3, 5));
  }

  @Test
  void itsChoiceIsTheUsers() {
    own();
    ask(panel, "SetGlobalEngine", Fixture.text(FixedMethods.SECOND));
    assertEquals(FixedMethods.SECOND, door.methods.selected());
    assertTrue(told().containsAll(List.of("GlobalEngineChanged", "StateChanged")));
    ask(panel, "SetGlobalEngine", Fixture.text("keyboard-only"));
    assertEquals("", door.methods.selected());
    assertEquals(
        "Failed", Fixture.outcome(ask(panel, "SetGlobalEngine", Fixture.text("org.example.none"))));
    assertEquals("", door.methods.selected());
  }

  @Test
  void aLayoutAtTheStartOfADesktopIsNoChoice() {
    own();
    ask(panel, "SetGlobalEngine", Fixture.text("xkb:us::eng"));
    assertEquals(FixedMethods.FIRST, door.methods.selected());
    ask(panel, "SetGlobalEngine", Fixture.text(FixedMethods.SECOND));
    ask(panel, "SetGlobalEngine", Fixture.text("xkb:us::eng"));
    assertEquals("", door.methods.selected());
  }

  @Test
  void nobodyElseChooses() {
    assertEquals(
        "AccessDenied",
        Fixture.outcome(ask(application, "SetGlobalEngine", Fixture.text(FixedMethods.SECOND))));
    assertEquals(FixedMethods.FIRST, door.methods.selected());
  }

  // The key that switches.

  private static final int SUPER = 1 << 26;
  private static final int RELEASE = 1 << 30;

  private boolean handled(int keysym, int state) {
    return application.key(context, keysym, 57, state).body().equals(List.of(new Value.Bool(true)));
  }

  @Test
  void itSwitchesThroughAllOfThemAndIsSeenByNobody() {
    own();
    route(Route.COMPOSING);
    for (String next : List.of(FixedMethods.SECOND, "", FixedMethods.FIRST)) {
      assertTrue(handled(' ', SUPER));
      assertTrue(handled(' ', SUPER), "a repeat");
      assertEquals(next, door.methods.selected());
      assertTrue(handled(' ', SUPER | RELEASE));
      door.pauses.removeLast().run();
    }
    assertTrue(door.seen(SeatEvent.KeyTyped.class).isEmpty());
    assertEquals(3, told().stream().filter("StateChanged"::equals).count());
  }

  @Test
  void itSwitchesNoFasterThanAPerson() {
    route(Route.GUARDED);
    for (int i = 0; i < 100; i++) {
      assertTrue(handled(' ', SUPER));
      assertTrue(handled(' ', SUPER | RELEASE));
    }
    assertEquals(FixedMethods.SECOND, door.methods.selected());
  }

  @Test
  void onlyAFieldWithTheFocusSwitches() {
    apply(new HostEffect.RouteChanged(null, Route.UNFOCUSED, false));
    application.key(context, ' ', 57, SUPER);
    assertEquals(FixedMethods.FIRST, door.methods.selected());
  }

  @Test
  void otherModifiersMakeItAnotherKey() {
    route(Route.DIRECT);
    for (int state : new int[] {0, 4, SUPER | 4, SUPER | 1}) {
      application.key(context, ' ', 57, state);
      application.key(context, ' ', 57, state | RELEASE);
    }
    assertEquals(8, door.seen(SeatEvent.KeyTyped.class).size());
    assertEquals(FixedMethods.FIRST, door.methods.selected());
  }

  @Test
  void ibussToolReadsWhatThereIsAndChangesNothing() throws Malformed {
    Fixture.App tool = door.program("/usr/bin/ibus");
    assertEquals(
        List.of(FixedMethods.FIRST, FixedMethods.SECOND, "keyboard-only"),
        names(ask(tool, "ListEngines").body().getFirst()));
    Message refused = ask(tool, "SetGlobalEngine", Fixture.text(FixedMethods.SECOND));
    assertEquals(Message.Kind.ERROR, refused.kind());
    assertEquals(List.of(), door.seen(SeatEvent.PluginSelected.class));
    assertEquals(List.of("keywarden"), names(ask(application, "ListEngines").body().getFirst()));
  }
}
