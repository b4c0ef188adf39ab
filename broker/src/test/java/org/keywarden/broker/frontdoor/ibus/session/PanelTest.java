package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.CandidatesMove;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.Property;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.object.IbusEngineDesc;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Type;
import org.keywarden.ibus.wire.Value;

/** The role of the panel, from the bus: who gets it, what it is told, and what it may say. */
final class PanelTest {
  private static final String PANEL = "org.freedesktop.IBus.Panel";
  private static final String PATH = "/org/freedesktop/IBus/Panel";
  private static final int CAN_PREEDIT_AND_FOCUS = 9;

  private final Fixture door = new Fixture();
  private final Budget.Share process = Admissions.share(new Holder(List.of(new Holder.Kin(70, 5))));
  private final Fixture.App panel = door.app(process);
  private final Fixture.App application = door.app();
  private String context = "";
  private FieldId field = new FieldId(0, 0);

  @BeforeEach
  void begin() {
    door.trust.started(process.owner());
    context = application.create("gtk3-im:app");
    application.capabilities(context, CAN_PREEDIT_AND_FOCUS);
    application.on(context, "FocusIn");
    field = door.seen(SeatEvent.FocusGained.class).getLast().field();
  }

  private Message request(Fixture.App of, String name) {
    return of.call(
        BusObject.NAME,
        "/org/freedesktop/DBus",
        BusObject.NAME,
        "RequestName",
        Fixture.text(name),
        new Value.UInt32(3));
  }

  private void own() {
    request(panel, PANEL);
    panel.received.clear();
  }

  private void route(Route route) {
    apply(new HostEffect.RouteChanged(field, route, false));
  }

  private void edit(Edit edit) {
    apply(new HostEffect.EditField(field, edit));
  }

  private void apply(HostEffect effect) {
    application.apply(effect);
    door.panel.apply(effect);
  }

  private List<String> told() {
    return panel.received.stream().map(Message::member).map(String::valueOf).toList();
  }

  private void say(Fixture.App who, String member, Value... body) {
    who.door.receive(Message.signal(PATH, PANEL, member, body).numbered(99));
  }

  private static Value number(int number) {
    return new Value.UInt32(number);
  }

  private static Edit twelve() {
    return new Edit.SetCandidates(
        new Candidates(
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"),
            6,
            5,
            List.of(),
            Candidates.Orientation.VERTICAL,
            true));
  }

  // Who.

  @Test
  void onlyAProcessTheBrokerKnowsGetsTheRole() {
    assertEquals("AccessDenied", Fixture.outcome(request(application, PANEL)));
    assertEquals("NameAcquired", request(panel, PANEL).member());
    door.trust.started(0);
    assertEquals("AccessDenied", Fixture.outcome(request(panel, PANEL)));
  }

  @Test
  void noOtherNameIsGiven() {
    for (String name : List.of("org.freedesktop.IBus.Config", PANEL + ".Extension.Gtk3", "a.b")) {
      assertEquals("AccessDenied", Fixture.outcome(request(panel, name)));
    }
  }

  @Test
  void whoIsTrustedNoMoreLosesTheRole() {
    own();
    door.trust.started(0);
    assertEquals(List.of("NameLost"), told());
    route(Route.COMPOSING);
    say(panel, "CursorUp");
    assertEquals(List.of("NameLost"), told());
    assertTrue(door.seen(SeatEvent.CandidatesMoved.class).isEmpty());
  }

  // What it is told.

  @Test
  void itIsToldWhatTheApplicationDoesNotShowItself() throws Malformed {
    own();
    route(Route.COMPOSING);
    edit(new Edit.SetPreedit(new Preedit("x", 1, false)));
    edit(twelve());
    edit(new Edit.SetAuxiliary("line"));
    edit(
        new Edit.SetProperties(
            List.of(new Property("k", Property.Kind.NORMAL, "l", "", "", true, true, false, ""))));
    assertEquals(
        List.of("FocusIn", "UpdateLookupTable", "UpdateAuxiliaryText", "RegisterProperties"),
        told());
    assertEquals(new Value.ObjectPath(context), panel.received.getFirst().body().getFirst());
    assertEquals(5, IbusLookupTable.from(panel.received.get(1).body().getFirst()).pageSize());
    panel.received.clear();
    route(Route.GUARDED);
    assertEquals(
        List.of("UpdateAuxiliaryText", "UpdateLookupTable", "RegisterProperties", "FocusOut"),
        told());
  }

  @Test
  void aPreeditIsForThePanelIfTheApplicationShowsNone() {
    own();
    application.capabilities(context, 8);
    route(Route.COMPOSING);
    edit(new Edit.SetPreedit(new Preedit("x", 1, false)));
    assertEquals(List.of("FocusIn", "UpdatePreeditText"), told());
  }

  @Test
  void whereTheCursorIsIsToldOfAComposingFieldOnly() {
    own();
    Value[] at = {new Value.Int32(1), new Value.Int32(2), new Value.Int32(3), new Value.Int32(4)};
    for (Route route : List.of(Route.DECIDING, Route.GRANTING, Route.DIRECT, Route.GUARDED)) {
      route(route);
      application.on(context, "SetCursorLocation", at);
    }
    assertEquals(List.of(), told());
    // What was said while it was guarded is not known any more.
    route(Route.COMPOSING);
    assertEquals(List.of("FocusIn"), told());
    application.on(context, "SetCursorLocation", at);
    application.on(context, "SetCursorLocationRelative", at);
    assertEquals(List.of("FocusIn", "SetCursorLocation", "SetCursorLocationRelative"), told());
  }

  @Test
  void ofAFieldThatDoesNotComposeItIsToldNothing() {
    own();
    for (Route route : List.of(Route.DECIDING, Route.GRANTING, Route.DIRECT, Route.GUARDED)) {
      route(route);
      edit(twelve());
      edit(new Edit.SetAuxiliary("line"));
    }
    assertEquals(List.of(), told());
  }

  @Test
  void oneThatComesLateIsToldWhatIsShown() {
    route(Route.COMPOSING);
    edit(twelve());
    panel.received.clear();
    request(panel, PANEL);
    assertEquals(List.of("null", "NameAcquired", "FocusIn", "UpdateLookupTable"), told());
  }

  // What it may say.

  @Test
  void aClickIsOnThePageThatIsShown() {
    own();
    route(Route.COMPOSING);
    edit(twelve());
    say(panel, "CandidateClicked", number(2), number(1), number(4 | 1 << 8));
    SeatEvent.CandidateClicked clicked = door.seen(SeatEvent.CandidateClicked.class).getFirst();
    assertEquals(field, clicked.field());
    assertEquals(7, clicked.click().index());
    assertEquals(1, clicked.click().button());
    assertEquals(4, clicked.click().modifiers());
  }

  @Test
  void aClickBesideWhatIsShownIsNothing() {
    own();
    route(Route.COMPOSING);
    edit(twelve());
    for (int place : new int[] {5, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      say(panel, "CandidateClicked", number(place), number(1), number(0));
    }
    say(panel, "CandidateClicked", number(0), number(0), number(0));
    say(panel, "CandidateClicked", number(0), number(4), number(0));
    say(panel, "CandidateClicked", number(0));
    assertTrue(door.seen(SeatEvent.CandidateClicked.class).isEmpty());
  }

  @Test
  void pagesAndPropertiesAreTheUsersActs() {
    own();
    route(Route.COMPOSING);
    say(panel, "PageUp");
    say(panel, "PageDown");
    say(panel, "CursorUp");
    say(panel, "CursorDown");
    assertEquals(
        List.of(CandidatesMove.values()),
        door.seen(SeatEvent.CandidatesMoved.class).stream()
            .map(SeatEvent.CandidatesMoved::move)
            .toList());
    say(panel, "PropertyActivate", Fixture.text("k"), number(1));
    assertEquals(
        List.of(new SeatEvent.PropertyActivated(field, "k", true)),
        door.seen(SeatEvent.PropertyActivated.class));
  }

  @Test
  void textOfAPanelIsCommittedNowhere() {
    own();
    route(Route.COMPOSING);
    int before = door.events.size();
    say(panel, "CommitText", new Value.Variant(Fixture.text("x")));
    assertEquals(before, door.events.size());
  }

  @Test
  void whatAnybodyElseSaysIsNothing() {
    own();
    route(Route.COMPOSING);
    edit(twelve());
    int before = door.events.size();
    say(application, "CandidateClicked", number(0), number(1), number(0));
    say(application, "PageDown");
    panel.door.receive(Message.signal("/other", PANEL, "PageDown").numbered(7));
    panel.door.receive(Message.signal(PATH, "a.b", "PageDown").numbered(7));
    assertEquals(before, door.events.size());
  }

  @Test
  void nothingIsClickedWhereNothingComposes() {
    own();
    route(Route.COMPOSING);
    edit(twelve());
    route(Route.GUARDED);
    int before = door.events.size();
    say(panel, "CandidateClicked", number(0), number(1), number(0));
    say(panel, "PageDown");
    say(panel, "PropertyActivate", Fixture.text("k"), number(1));
    assertEquals(before, door.events.size());
  }

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
    assertEquals(List.of("keywarden"), names(ask(application, "ListEngines").body().getFirst()));
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
}
