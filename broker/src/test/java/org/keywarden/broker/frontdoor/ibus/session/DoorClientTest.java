package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.ibus.bus.BusObject;
import org.keywarden.broker.frontdoor.ibus.bus.Properties;
import org.keywarden.broker.frontdoor.ibus.context.ContentTypes;
import org.keywarden.broker.frontdoor.ibus.context.IbusClient;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SecretBy;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** The sequences captured of real clients, and what must not work. */
final class DoorClientTest {
  private static final int GTK = 169;
  private static final int TAB = 0xFF09;
  private static final int RELEASE = 1 << 30;
  private static final Value.Bool NO = new Value.Bool(false);

  private final Fixture fixture = new Fixture();
  private final Fixture.App app = fixture.app();

  private String gtk() {
    String context = app.create("gtk3-im:app");
    app.capabilities(context, GTK);
    return context;
  }

  private String focused() {
    String context = gtk();
    app.type(context, 0, 0);
    app.on(context, "FocusIn");
    return context;
  }

  @Test
  void helloComesFirstAndOnce() {
    Fixture.App early = fixture.new App();
    assertEquals(
        "AccessDenied",
        Fixture.outcome(
            early.call(
                BusObject.IBUS,
                IbusObject.PATH,
                BusObject.IBUS,
                "CreateInputContext",
                Fixture.text("x"))));
    assertEquals(List.of(Fixture.text(":1.2")), hello(early).body());
    assertEquals("Failed", Fixture.outcome(hello(early)));
  }

  private static Message hello(Fixture.App of) {
    return of.call(BusObject.NAME, "/org/freedesktop/DBus", BusObject.NAME, "Hello");
  }

  @Test
  void ibusIsOwnedByTheSenderOfItsSignals() {
    Message owner =
        app.call(
            BusObject.NAME,
            "/org/freedesktop/DBus",
            BusObject.NAME,
            "GetNameOwner",
            Fixture.text(BusObject.IBUS));
    assertEquals(List.of(Fixture.text(BusObject.OWNER)), owner.body());
    focused();
    app.apply(new HostEffect.EditField(field(), new Edit.Insert("あ")));
    assertEquals(BusObject.OWNER, app.received.getLast().sender());
    assertEquals("CommitText", app.received.getLast().member());
    assertEquals("v", app.received.getLast().signature());
  }

  private FieldId field() {
    return fixture.seen(SeatEvent.FieldOpened.class).getLast().field();
  }

  @Test
  void candidatesGoToClientsThatShowThemAndToNoOther() throws Malformed {
    String context = focused();
    HostEffect some =
        new HostEffect.EditField(
            field(), new Edit.SetCandidates(new Candidates(List.of("仮名", "かな"), 1)));
    int before = app.received.size();
    app.apply(some);
    assertEquals(before, app.received.size());
    app.capabilities(context, GTK | 4);
    app.apply(some);
    Message shown = app.received.getLast();
    assertEquals("UpdateLookupTable", shown.member());
    IbusLookupTable table = IbusLookupTable.from(shown.body().get(0));
    assertEquals(1, table.cursor());
    assertEquals(List.of("仮名", "かな"), table.candidates().stream().map(IbusText::text).toList());
    assertEquals(new Value.Bool(true), shown.body().get(1));
    app.apply(new HostEffect.EditField(field(), new Edit.SetCandidates(Candidates.NONE)));
    assertEquals(new Value.Bool(false), app.received.getLast().body().get(1));
  }

  @Test
  void gtkAnnouncesBeforeFocusSoNoKeyComesUnderTheOldPurpose() {
    String plain = focused();
    String password = gtk();
    app.on(plain, "FocusOut");
    app.type(password, 8, 0);
    app.on(password, "FocusIn");
    SeatEvent.FocusGained gained = fixture.seen(SeatEvent.FocusGained.class).getLast();
    assertEquals(Purpose.PASSWORD, gained.type() == null ? null : gained.type().purpose());
    assertTrue(gained.type() != null && gained.type().secret());
  }

  @Test
  void aPurposeOrHintWeDoNotKnowToBePlainIsSecret() {
    assertTrue(ContentTypes.of(8, 0).secret());
    assertTrue(ContentTypes.of(9, 0).secret());
    assertTrue(ContentTypes.of(14, 0).secret());
    assertTrue(ContentTypes.of(-1, 0).secret());
    assertTrue(ContentTypes.of(0, 1 << 12).secret());
    assertFalse(ContentTypes.of(0, 1 << 11).secret());
    assertFalse(ContentTypes.of(10, 0).secret());
  }

  @Test
  void theContentTypeOutlivesTheFocus() {
    String context = gtk();
    app.type(context, 8, 0);
    app.on(context, "FocusIn");
    app.on(context, "FocusOut");
    app.on(context, "FocusIn");
    SeatEvent.FocusGained again = fixture.seen(SeatEvent.FocusGained.class).getLast();
    assertTrue(again.type() != null && again.type().secret());
  }

  @Test
  void aKeyOfAContextNeverFocusedIsAnsweredFalseUnseen() {
    Message answer = app.key(gtk(), 'a', 30, 0);
    assertEquals(List.of(NO), answer.body());
    assertEquals(List.of(), fixture.seen(SeatEvent.KeyTyped.class));
  }

  @Test
  void aKeySentAgainByTheApplicationIsAnsweredFalseUnseen() {
    assertEquals(List.of(NO), app.key(focused(), 'a', 30, 1 << 25).body());
    assertEquals(List.of(), fixture.seen(SeatEvent.KeyTyped.class));
  }

  @Test
  void aKeyIsAnsweredWhenTheSeatSaysSoAfterItsEdits() {
    String context = focused();
    assertEquals(Fixture.NONE, app.key(context, 'a', 30, 4));
    SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    assertEquals('a', typed.key().keysym());
    assertEquals(38, typed.key().keycode());
    app.apply(new HostEffect.EditField(typed.field(), new Edit.SetPreedit(preedit("あ"))));
    app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), true));
    assertEquals("UpdatePreeditText", app.received.get(app.received.size() - 2).member());
    assertEquals(List.of(new Value.Bool(true)), app.received.getLast().body());
  }

  private static Preedit preedit(String text) {
    return new Preedit(text, 1, false);
  }

  @Test
  void clientsThatCommitPreeditsThemselvesAreToldNeverTo() {
    String context = gtk();
    app.set(context, "ClientCommitPreedit", Value.Struct.of(new Value.Bool(true)));
    app.on(context, "FocusIn");
    app.apply(new HostEffect.EditField(field(), new Edit.SetPreedit(preedit("あ"))));
    assertEquals("UpdatePreeditTextWithMode", app.received.getLast().member());
    assertEquals("vubu", app.received.getLast().signature());
    assertEquals(new Value.UInt32(0), app.received.getLast().body().get(3));
  }

  @Test
  void pressRepeatAndReleaseAreToldApart() {
    String context = focused();
    app.key(context, 'a', 30, 0);
    app.key(context, 'a', 30, 0);
    app.key(context, 'a', 30, RELEASE);
    app.key(context, 'a', 30, 0);
    assertEquals(
        List.of(KeyAction.PRESS, KeyAction.REPEAT, KeyAction.RELEASE, KeyAction.PRESS),
        fixture.seen(SeatEvent.KeyTyped.class).stream().map(e -> e.key().action()).toList());
  }

  @Test
  void aKeyHeldAcrossAFocusChangeGoesOnAsARepeat() {
    String first = focused();
    app.key(first, 'a', 30, 0);
    app.on(first, "FocusOut");
    String second = focused();
    app.key(second, 'a', 30, 0);
    assertEquals(KeyAction.REPEAT, fixture.seen(SeatEvent.KeyTyped.class).getLast().key().action());
  }

  @Test
  void foreignContextsAreRefusedAtOnce() {
    String mine = focused();
    Fixture.App other = fixture.app();
    assertEquals("AccessDenied", Fixture.outcome(other.on(mine, "FocusOut")));
    assertEquals("AccessDenied", Fixture.outcome(other.key(mine, 'a', 30, 0)));
    assertEquals("AccessDenied", Fixture.outcome(other.type(mine, 0, 0)));
    assertEquals(
        "AccessDenied",
        Fixture.outcome(
            other.call(BusObject.IBUS, mine, "org.freedesktop.IBus.Service", "Destroy")));
    assertEquals(List.of(), fixture.seen(SeatEvent.FocusLost.class));
    assertEquals("UnknownObject", Fixture.outcome(other.on(IbusClient.CONTEXT_PATH + 99, "Reset")));
  }

  @Test
  void whatOnlyThePersonMayDoIsRefused() {
    for (String member :
        List.of("RegisterComponent", "SetGlobalEngine", "Exit", "CurrentInputContext")) {
      assertEquals(
          "AccessDenied",
          Fixture.outcome(app.call(BusObject.IBUS, IbusObject.PATH, BusObject.IBUS, member)));
    }
    for (String member : List.of("RequestName", "ReleaseName")) {
      assertEquals(
          "AccessDenied",
          Fixture.outcome(
              app.call(BusObject.NAME, "/", BusObject.NAME, member, Fixture.text("a.b"))));
    }
    assertEquals(
        "ServiceUnknown",
        Fixture.outcome(app.call("org.freedesktop.IBus.Panel", "/x", "a.b", "C")));
    assertEquals(
        "UnknownMethod",
        Fixture.outcome(
            app.call(
                BusObject.NAME,
                "/",
                BusObject.NAME,
                "GetConnectionUnixProcessID",
                Fixture.text(":1.1"))));
  }

  @Test
  void matchRulesBringNobodyAnything() {
    Fixture.App eavesdropper = fixture.app();
    assertEquals(
        "ok",
        Fixture.outcome(
            eavesdropper.call(
                BusObject.NAME,
                "/",
                BusObject.NAME,
                "AddMatch",
                Fixture.text("eavesdrop=true,type='method_call'"))));
    int before = eavesdropper.received.size();
    app.key(focused(), 'a', 30, 0);
    app.apply(new HostEffect.EditField(field(), new Edit.Insert("x")));
    assertEquals(before, eavesdropper.received.size());
  }

  @Test
  void contextsAreLimitedPerApplication() {
    for (int i = 0; i < 1024; i++) {
      assertFalse(app.create("gtk3-im:app").isEmpty());
    }
    assertEquals("", app.create("gtk3-im:app"));
    assertFalse(fixture.app().create("gtk3-im:app").isEmpty());
  }

  @Test
  void qtOwnFocusWithinOneContextIsANewFocus() {
    String context = app.create("QIBusInputContext");
    app.capabilities(context, 41);
    app.on(context, "FocusIn");
    app.on(context, "FocusIn");
    assertEquals(0, fixture.seen(SeatEvent.FocusLost.class).size());
    app.key(context, TAB, 15, 0);
    app.on(context, "Reset");
    app.on(context, "FocusIn");
    assertEquals(1, fixture.seen(SeatEvent.FocusLost.class).size());
    assertTrue(fixture.seen(SeatEvent.FieldOpened.class).getFirst().traits().resetMayHideFocus());
    assertNull(fixture.seen(SeatEvent.FocusGained.class).getLast().type());
  }

  /** Types a key, lets it cause text, and answers it as left to the application. */
  private List<Message> afterText(String context, int keysym, int state) {
    app.key(context, keysym, 15, state);
    SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    int before = app.received.size();
    app.apply(new HostEffect.EditField(typed.field(), new Edit.Insert("か")));
    app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), false));
    return app.received.subList(before, app.received.size());
  }

  private String qt() {
    String context = app.create("QIBusInputContext");
    app.capabilities(context, 41);
    app.on(context, "FocusIn");
    app.apply(new HostEffect.RouteChanged(field(), Route.COMPOSING, false));
    return context;
  }

  @Test
  void whereNobodyComposesKeysAreAnswered() {
    String context = qt();
    app.apply(new HostEffect.RouteChanged(field(), Route.DIRECT, false));
    assertEquals(List.of(NO), afterText(context, TAB, 0).getLast().body());
  }

  @Test
  void aKeyThatFollowsTextReachesQtBehindIt() {
    List<Message> sent = afterText(qt(), TAB, 1);
    assertEquals(
        List.of("CommitText", "ForwardKeyEvent", "null"),
        sent.stream().map(message -> String.valueOf(message.member())).toList());
    assertEquals(
        List.of(new Value.UInt32(TAB), new Value.UInt32(15), new Value.UInt32(1)),
        sent.get(1).body());
    assertEquals(List.of(new Value.Bool(true)), sent.getLast().body());
  }

  @Test
  void keysBehindAForwardedOneAreForwardedUntilQtHadTimeToComeToIt() {
    String context = qt();
    afterText(context, TAB, 0);
    fixture.alarms.removeFirst().run();
    assertEquals(List.of(new Value.Bool(true)), answerTo(context, 'x').body());
    fixture.alarms.forEach(Runnable::run);
    assertEquals(List.of(NO), answerTo(context, 'x').body());
  }

  /** What the client gets for a key that is left to the application. */
  private Message answerTo(String context, int keysym) {
    app.key(context, keysym, 45, 0);
    SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), false));
    return app.received.getLast();
  }

  @Test
  void otherClientsAndKeysThatAreShortcutsAreAnswered() {
    assertEquals(List.of(NO), afterText(focused(), TAB, 0).getLast().body());
    for (int shortcut : new int[] {0xFF1B, 0xFFBE, 0xFFE1}) {
      assertEquals(List.of(NO), afterText(qt(), shortcut, 0).getLast().body());
    }
    for (int chord : new int[] {4, 8, 64, 1 << 26, RELEASE}) {
      assertEquals(List.of(NO), afterText(qt(), 's', chord).getLast().body());
    }
  }

  @Test
  void bridgesFocusIsUndecidedUntilTheirContentTypeCame() {
    String context = app.create("gnome-shell");
    app.capabilities(context, 41);
    app.type(context, 0, 0);
    app.on(context, "FocusIn");
    assertNull(fixture.seen(SeatEvent.FocusGained.class).getLast().type());
    app.type(context, 0, 0);
    app.type(context, 8, 0);
    assertEquals(List.of(), fixture.seen(SeatEvent.ContentTypeChanged.class));
    app.door.client().batchEnded();
    List<SeatEvent.ContentTypeChanged> types = fixture.seen(SeatEvent.ContentTypeChanged.class);
    assertEquals(1, types.size());
    assertTrue(types.getFirst().type().secret());
  }

  @Test
  void aBridgeThatLeavesAPasswordIsNotBelievedThatTheNextFieldIsOneBeforeItsTimeIsUp() {
    String context = bridge(8);
    app.type(context, 8, 0);
    app.door.client().batchEnded();
    assertEquals(List.of(), told());
    app.type(context, 0, 0);
    app.door.client().batchEnded();
    waitForBridge();
    assertEquals(1, told().size());
    assertFalse(told().getFirst().type().secret());
  }

  private String bridge(int purposeBefore) {
    String context = app.create("gnome-shell");
    app.capabilities(context, 41);
    app.type(context, purposeBefore, 0);
    app.on(context, "FocusIn");
    return context;
  }

  private List<SeatEvent.ContentTypeChanged> told() {
    return fixture.seen(SeatEvent.ContentTypeChanged.class);
  }

  private void waitForBridge() {
    List<Runnable> due = List.copyOf(fixture.alarms);
    fixture.alarms.clear();
    due.forEach(Runnable::run);
  }

  @Test
  void whatABridgeSaidBeforeTheFocusIsNotOfTheFieldThatHasIt() {
    String context = bridge(0);
    app.door.client().batchEnded();
    waitForBridge();
    assertEquals(List.of(), told());
    app.on(context, "FocusOut");
    app.type(context, 0, 0);
    app.on(context, "FocusIn");
    waitForBridge();
    assertEquals(List.of(), told());
  }

  @Test
  void theLastOfABridgesTypesCountsHoweverTheyArrive() {
    String context = bridge(0);
    app.type(context, 0, 1);
    app.door.client().batchEnded();
    assertEquals(List.of(), told());
    app.type(context, 8, 0);
    app.door.client().batchEnded();
    assertEquals(1, told().size());
    assertTrue(told().getFirst().type().secret());
  }

  @Test
  void aBridgesTypeThatComesLateIsGivenItsTimeToo() {
    String context = bridge(0);
    waitForBridge();
    app.type(context, 0, 1);
    app.door.client().batchEnded();
    assertEquals(List.of(), told());
    app.type(context, 8, 0);
    waitForBridge();
    assertEquals(1, told().size());
    assertTrue(told().getFirst().type().secret());
  }

  @Test
  void aBridgesOrdinaryFieldIsBelievedOnceItsTimeIsOver() {
    String context = bridge(8);
    app.type(context, 0, 0);
    app.door.client().batchEnded();
    assertEquals(List.of(), told());
    waitForBridge();
    assertEquals(1, told().size());
    assertFalse(told().getFirst().type().secret());
  }

  @Test
  void aFieldThatShowsSignsInPlaceOfItsTextIsSecretForItsStay() {
    String context = focused();
    app.surrounding(context, "");
    app.surrounding(context, "*");
    app.surrounding(context, "●a");
    app.surrounding(context, "●•");
    assertEquals(List.of(), marks());
    app.surrounding(context, "●●");
    assertEquals(List.of(true), marks());
    int texts = fixture.seen(SeatEvent.SurroundingChanged.class).size();
    app.surrounding(context, "shown");
    assertEquals(texts, fixture.seen(SeatEvent.SurroundingChanged.class).size());
    assertEquals(List.of(true), marks());
    app.on(context, "FocusOut");
    app.on(context, "FocusIn");
    assertEquals(List.of(true, false), marks());
  }

  /** What was said of signs in place of text, in order. */
  private List<Boolean> marks() {
    return fixture.seen(SeatEvent.SecrecyMarked.class).stream()
        .filter(mark -> mark.by() == SecretBy.MASKED_TEXT)
        .map(SeatEvent.SecrecyMarked::secret)
        .toList();
  }

  @Test
  void aBridgesFieldThatShowsSignsIsSecretWithoutAType() {
    String context = bridge(0);
    app.surrounding(context, "●");
    assertEquals(List.of(true), marks());
  }

  @Test
  void synchronousClientsFetchWhatAKeyCaused() {
    String context = gtk();
    app.set(context, "EffectivePostProcessKeyEvent", Value.Struct.of(new Value.Bool(true)));
    app.on(context, "FocusIn");
    app.key(context, 'a', 30, 0);
    SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    int before = app.received.size();
    app.apply(new HostEffect.EditField(typed.field(), new Edit.Insert("あ")));
    assertEquals(before, app.received.size());
    assertEquals("Failed", Fixture.outcome(postProcess(context)));
    app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), true));
    assertEquals("a(yv)", items(postProcess(context)).type().code());
    assertEquals("a(yv)", items(postProcess(context)).type().code());
    assertEquals(List.of(), items(postProcess(context)).elements());
  }

  private void synchronous(String context, boolean yes) {
    app.set(context, "EffectivePostProcessKeyEvent", Value.Struct.of(new Value.Bool(yes)));
  }

  @Test
  void aContextThatBecomesSynchronousStaysTheFieldItIs() {
    String context = focused();
    synchronous(context, true);
    assertEquals(1, fixture.seen(SeatEvent.FieldOpened.class).size());
    assertEquals(List.of(), fixture.seen(SeatEvent.FocusLost.class));
  }

  @Test
  void whatAKeyCausedIsNotLostWhenTheContextStopsBeingSynchronous() {
    String context = focused();
    synchronous(context, true);
    app.key(context, 'a', 30, 0);
    SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    app.apply(new HostEffect.EditField(typed.field(), new Edit.Insert("あ")));
    app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), true));
    synchronous(context, false);
    assertEquals(1, items(postProcess(context)).elements().size());
  }

  private Message postProcess(String context) {
    return app.call(
        BusObject.OWNER,
        context,
        Properties.INTERFACE,
        "Get",
        Fixture.text(Fixture.CONTEXT),
        Fixture.text("PostProcessKeyEvent"));
  }

  private static Value.Array items(Message answer) {
    if (answer.body().getFirst() instanceof Value.Variant variant
        && variant.value() instanceof Value.Array array) {
      return array;
    }
    throw new AssertionError("no array");
  }

  @Test
  void whereTheCursorIsGoesNowhere() {
    String context = focused();
    int before = fixture.events.size();
    Value.Int32 one = new Value.Int32(1);
    assertEquals("ok", Fixture.outcome(app.on(context, "SetCursorLocation", one, one, one, one)));
    assertEquals(before, fixture.events.size());
  }

  @Test
  void aDestroyedContextIsGoneAndItsKeysAreAnswered() {
    String context = focused();
    app.key(context, 'a', 30, 0);
    app.call(BusObject.IBUS, context, "org.freedesktop.IBus.Service", "Destroy");
    assertEquals(List.of(NO), app.received.getLast().body());
    assertEquals(1, fixture.seen(SeatEvent.FieldClosed.class).size());
    assertEquals("UnknownObject", Fixture.outcome(app.on(context, "FocusIn")));
  }

  @Test
  void keysOfAContextThatEndsAreAnsweredInTheirOrder() {
    String context = focused();
    for (int i = 0; i < 10; i++) {
      app.key(context, 'a', 30, 0);
      SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
      app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), true));
    }
    for (int i = 0; i < 10; i++) {
      app.key(context, 'a', 30, 0);
    }
    int before = app.received.size();
    app.call(BusObject.IBUS, context, "org.freedesktop.IBus.Service", "Destroy");
    List<Integer> answered =
        app.received.subList(before, app.received.size()).stream()
            .filter(message -> message.body().equals(List.of(NO)))
            .map(Message::replySerial)
            .toList();
    assertEquals(10, answered.size());
    assertEquals(answered.stream().sorted().toList(), answered);
  }

  @Test
  void wrongArgumentsAreRefusedAndChangeNothing() {
    String context = focused();
    int before = fixture.events.size();
    assertEquals("InvalidArgs", Fixture.outcome(app.on(context, "ProcessKeyEvent")));
    assertEquals("InvalidArgs", Fixture.outcome(app.on(context, "SetCapabilities")));
    assertEquals(
        "InvalidArgs", Fixture.outcome(app.set(context, "ContentType", new Value.UInt32(8))));
    assertEquals(before, fixture.events.size());
  }

  @Test
  void aProgramJustAllowedIsSoFromItsNextFocusOn() {
    String context = app.create("xim");
    app.capabilities(context, 8);
    app.on(context, "FocusIn");
    assertFalse(fixture.seen(SeatEvent.FieldOpened.class).getLast().application().allowed());
    IOException notKept =
        assertThrows(IOException.class, () -> fixture.applications.allow("/usr/bin/app", true));
    assertTrue(String.valueOf(notKept.getMessage()).startsWith("kept only"));
    app.on(context, "FocusOut");
    app.on(context, "FocusIn");
    assertTrue(fixture.seen(SeatEvent.FieldOpened.class).getLast().application().allowed());
    assertEquals(2, fixture.seen(SeatEvent.FieldOpened.class).size());
    app.on(context, "FocusOut");
    app.on(context, "FocusIn");
    assertEquals(2, fixture.seen(SeatEvent.FieldOpened.class).size());
  }

  @Test
  void whatIsDestroyedHasNoTimersLeft() {
    String bridge = app.create("gnome-shell");
    app.capabilities(bridge, 41);
    app.type(bridge, 0, 0);
    app.on(bridge, "FocusIn");
    String context = qt();
    afterText(context, TAB, 0);
    assertFalse(fixture.alarms.isEmpty());
    app.on(bridge, "Destroy");
    app.on(context, "Destroy");
    assertEquals(List.of(), fixture.alarms);
  }

  @Test
  void whatIsLostWithItsConnectionHasNoTimersLeft() {
    String bridge = app.create("gnome-shell");
    app.capabilities(bridge, 41);
    app.on(bridge, "FocusIn");
    assertFalse(fixture.alarms.isEmpty());
    app.door.client().gone();
    assertEquals(List.of(), fixture.alarms);
  }

  @Test
  void aFloodOfFocusHasOneTimer() {
    String bridge = app.create("gnome-shell");
    app.capabilities(bridge, 41);
    for (int i = 0; i < 1_000; i++) {
      app.on(bridge, "FocusIn");
    }
    assertEquals(1, fixture.alarms.size());
  }
}
