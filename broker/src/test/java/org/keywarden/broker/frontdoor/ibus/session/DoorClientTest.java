package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.ibus.context.IbusClient;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.object.IbusText;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What a client of the door may do, and what must not work. */
final class DoorClientTest extends DoorScene {
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
