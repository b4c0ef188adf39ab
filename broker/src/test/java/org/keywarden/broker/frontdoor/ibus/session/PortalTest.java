package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.broker.budget.Resource;
import org.keywarden.broker.frontdoor.ibus.context.ContextCalls;
import org.keywarden.broker.frontdoor.ibus.context.IbusObject;
import org.keywarden.broker.seat.ContentType;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** Callers of the portal, told apart by the names the bus gives them. */
final class PortalTest {
  private static final Value.Bool NO = new Value.Bool(false);

  @TempDir private Path proc;
  private PortalFixture fixture;
  private PortalFixture.Sender app;
  private PortalFixture.Sender other;

  @BeforeEach
  void begin() throws IOException {
    fixture = new PortalFixture(proc);
    fixture.program("/usr/bin/app");
    app = fixture.new Sender(":1.7");
    other = fixture.new Sender(":1.8");
  }

  private SeatEvent.FieldOpened opened() {
    return fixture.seen(SeatEvent.FieldOpened.class).getLast();
  }

  @Test
  void aContextIsMadeOnceTheBusSaysWhoseProgramItIs() {
    assertEquals(Fixture.NONE, app.create("gtk3-im:app"));
    assertEquals(List.of(), fixture.sent);
    fixture.answer();
    Message made = fixture.sent.getLast();
    assertEquals("o", made.signature());
    assertEquals(":1.7", made.destination());
    assertNull(made.sender());
  }

  @Test
  void contextsAskedForMeanwhileComeInOrder() {
    app.create("gtk3-im:a");
    app.create("gtk3-im:b");
    fixture.answer();
    assertEquals(2, fixture.sent.size());
    assertTrue(fixture.sent.get(0).replySerial() < fixture.sent.get(1).replySerial());
    assertEquals(1, fixture.asked.get("GetConnectionCredentials"));
  }

  @Test
  void theKernelNamesTheProgram() {
    app.focused("gtk3-im:other", 0);
    assertEquals("/usr/bin/app", opened().application().executable());
    assertEquals("gtk3-im:other", opened().application().name());
  }

  @Test
  void anotherUsersProgramGetsNone() {
    fixture.owner(PortalFixture.credentials(PortalFixture.UID + 1, PortalFixture.PID));
    app.create("gtk3-im:app");
    fixture.answer();
    assertEquals("AccessDenied", Fixture.outcome(fixture.sent.getLast()));
    assertEquals(1, fixture.asked.get("RemoveMatch"));
  }

  @Test
  void aProgramTheBusSaysNothingOfGetsNone() {
    fixture.owner(PortalFixture.noCredentials());
    app.create("gtk3-im:app");
    fixture.answer();
    assertEquals("AccessDenied", Fixture.outcome(fixture.sent.getLast()));
  }

  @Test
  void aProgramWhoseEndWouldBeMissedGetsNone() {
    fixture.refuseMatches();
    app.create("gtk3-im:app");
    fixture.answer();
    assertEquals(1, fixture.sent.size());
    assertEquals("AccessDenied", Fixture.outcome(fixture.sent.getLast()));
  }

  @Test
  void keysAndTextGoToWhoMadeTheContext() {
    String context = app.focused("gtk3-im:app", 0);
    other.focused("gtk3-im:other", 0);
    app.on(context, "FocusIn");
    assertEquals(Fixture.NONE, app.key(context));
    SeatEvent.KeyTyped key = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    fixture.clients.apply(new HostEffect.EditField(key.field(), new Edit.Insert("あ")));
    fixture.clients.apply(new HostEffect.AnswerKey(key.field(), key.keyId(), true));
    List<Message> last = fixture.sent.subList(fixture.sent.size() - 2, fixture.sent.size());
    assertEquals("CommitText", last.get(0).member());
    assertEquals(List.of(":1.7", ":1.7"), last.stream().map(Message::destination).toList());
    assertEquals(List.of(new Value.Bool(true)), last.get(1).body());
  }

  @Test
  void aPasswordFieldIsSecretBeforeItsFirstKey() {
    app.focused("gtk3-im:app", 8);
    ContentType type = fixture.seen(SeatEvent.FocusGained.class).getLast().type();
    assertTrue(type != null && type.secret());
  }

  @Test
  void aBridgesContentTypeCountsWhenEverythingThatCameWithItIsTaken() {
    String context = app.focused("gnome-shell", 0);
    app.type(context, 8);
    assertEquals(List.of(), fixture.seen(SeatEvent.ContentTypeChanged.class));
    fixture.portal.batchEnded();
    List<SeatEvent.ContentTypeChanged> types = fixture.seen(SeatEvent.ContentTypeChanged.class);
    assertEquals(1, types.size());
    assertTrue(types.getFirst().type().secret());
  }

  @Test
  void whatIsAnothersIsRefusedAtOnce() {
    String context = app.focused("gtk3-im:app", 0);
    int before = fixture.events.size();
    assertEquals("AccessDenied", Fixture.outcome(other.on(context, "FocusOut")));
    assertEquals("AccessDenied", Fixture.outcome(other.key(context)));
    String own = other.context("gtk3-im:other");
    assertEquals("AccessDenied", Fixture.outcome(other.type(context, 0)));
    assertEquals(
        "AccessDenied",
        Fixture.outcome(other.call(context, "org.freedesktop.IBus.Service", "Destroy")));
    assertEquals("UnknownObject", Fixture.outcome(other.on(own + "0", "FocusIn")));
    assertEquals(before, fixture.events.size());
  }

  @Test
  void theEndOfACallerEndsItsContexts() {
    String context = app.focused("gtk3-im:app", 0);
    int before = fixture.sent.size();
    app.key(context);
    fixture.portal.left(":1.7");
    assertEquals(opened().field(), fixture.seen(SeatEvent.FieldClosed.class).getLast().field());
    assertEquals(before, fixture.sent.size());
    assertEquals(1, fixture.asked.get("RemoveMatch"));
    assertEquals("UnknownObject", Fixture.outcome(other.on(context, "FocusIn")));
  }

  @Test
  void aCallerThatLeavesBeforeItIsKnownLeavesNothing() {
    app.create("gtk3-im:app");
    fixture.portal.left(":1.7");
    fixture.answer();
    assertEquals(List.of(), fixture.sent);
    assertEquals(List.of(), fixture.events);
  }

  @Test
  void keysAreAnsweredWhenTheNameIsLost() {
    String context = app.focused("gtk3-im:app", 0);
    app.key(context);
    fixture.portal.close();
    assertEquals(List.of(NO), fixture.sent.getLast().body());
    assertEquals(1, fixture.seen(SeatEvent.FieldClosed.class).size());
    assertEquals("ServiceUnknown", Fixture.outcome(app.create("gtk3-im:app")));
  }

  @Test
  void aCallThatWantsNoReplyGetsNone() {
    String context = app.focused("gtk3-im:app", 0);
    int before = fixture.sent.size();
    app.call(Message.NO_REPLY, context, ContextCalls.INTERFACE, "Reset");
    app.call(Message.NO_REPLY, context, ContextCalls.INTERFACE, "NoSuchMethod");
    other.call(Message.NO_REPLY, context, ContextCalls.INTERFACE, "Reset");
    assertEquals(
        Fixture.NONE, other.call(Message.NO_REPLY, IbusObject.PATH, Portal.INTERFACE, "Anything"));
    assertEquals(before, fixture.sent.size());
    assertEquals(1, fixture.seen(SeatEvent.FieldReset.class).size());
  }

  @Test
  void thePortalHasItsOneMethod() {
    assertEquals(
        "ok", Fixture.outcome(app.call(IbusObject.PATH, "org.freedesktop.DBus.Peer", "Ping")));
    assertEquals(
        "UnknownMethod", Fixture.outcome(app.call(IbusObject.PATH, BusObject.IBUS, "Exit", NO)));
    assertEquals(
        "UnknownMethod",
        Fixture.outcome(
            app.call(
                IbusObject.PATH, BusObject.IBUS, "CreateInputContext", Fixture.text("gtk3-im"))));
    assertEquals(
        "InvalidArgs",
        Fixture.outcome(app.call(IbusObject.PATH, Portal.INTERFACE, "CreateInputContext", NO)));
    assertEquals("InvalidArgs", Fixture.outcome(app.create("x".repeat(257))));
    assertEquals("UnknownObject", Fixture.outcome(app.call("/", Portal.INTERFACE, "Anything")));
    assertFalse(fixture.asked.containsKey("AddMatch"));
  }

  @Test
  void whatACallerHasIsBounded() {
    for (int i = 0; i < 16; i++) {
      assertEquals(Fixture.NONE, app.create("gtk3-im:app"));
    }
    assertEquals("LimitsExceeded", Fixture.outcome(app.create("gtk3-im:app")));
    fixture.answer();
    for (int i = 16; i < 1_024; i++) {
      assertEquals("ok", Fixture.outcome(app.create("gtk3-im:app")));
    }
    assertEquals("LimitsExceeded", Fixture.outcome(app.create("gtk3-im:app")));
  }

  @Test
  void callersOfWhomTheBusIsAskedAreBounded() {
    for (int i = 0; i < 256; i++) {
      fixture.new Sender(":2." + i).create("gtk3-im:app");
    }
    assertEquals("LimitsExceeded", Fixture.outcome(other.create("gtk3-im:app")));
    fixture.portal.left(":2.7");
    assertEquals(Fixture.NONE, other.create("gtk3-im:app"));
  }

  @Test
  void manyNamesOfOneProcessLockNobodyElseOut() {
    for (int i = 0; i < 40; i++) {
      fixture.new Sender(":2." + i).create("gtk3-im:app");
      fixture.answer();
    }
    assertEquals(
        8,
        fixture.sent.stream()
            .filter(answer -> "LimitsExceeded".equals(Fixture.outcome(answer)))
            .count());
    fixture.owner(PortalFixture.credentials(PortalFixture.UID, PortalFixture.PID + 1));
    other.create("gtk3-im:app");
    fixture.answer();
    assertEquals("ok", Fixture.outcome(fixture.sent.getLast()));
  }

  @Test
  void aCallerThatCannotBeLookedAtKeepsNobodyWaiting() {
    fixture.stall();
    app.create("gtk3-im:app");
    fixture.answer();
    assertEquals(1, fixture.stalled.size(), "a look is made where it may take its time");
    assertEquals(List.of(), fixture.sent);
    fixture.pass();
    assertEquals("Failed", Fixture.outcome(fixture.sent.getLast()));
    fixture.stalled.remove().run();
    assertEquals(1, fixture.sent.size(), "what comes too late means nothing");
    assertEquals(0, fixture.admission.budget().held(Resource.CONNECTIONS));
  }

  @Test
  void whoLeavesWhileBeingLookedAtHoldsNothing() {
    fixture.stall();
    app.create("gtk3-im:app");
    fixture.answer();
    fixture.portal.left(":1.7");
    fixture.stalled.remove().run();
    assertEquals(List.of(), fixture.sent);
    assertEquals(0, fixture.admission.budget().held(Resource.CONNECTIONS));
  }

  @Test
  void whoLeavesHoldsNothing() {
    app.create("gtk3-im:app");
    fixture.answer();
    assertEquals(1, fixture.admission.budget().held(Resource.CONNECTIONS));
    assertEquals(1, fixture.admission.budget().held(Resource.CONTEXTS));
    fixture.portal.left(":1.7");
    assertEquals(0, fixture.admission.budget().held(Resource.CONNECTIONS));
    assertEquals(0, fixture.admission.budget().held(Resource.CONTEXTS));
  }

  @Test
  void whatIsNoCallMeansNothing() {
    Message signal =
        Message.signal(
                IbusObject.PATH, Portal.INTERFACE, "CreateInputContext", Fixture.text("gtk3-im"))
            .numbered(1)
            .from(":1.7");
    assertNull(fixture.portal.receive(signal));
    assertEquals(Map.of(), fixture.asked);
  }

  @Test
  void aCallOfNobodyMeansNothing() {
    Message call =
        Message.call(
                Portal.NAME,
                IbusObject.PATH,
                Portal.INTERFACE,
                "CreateInputContext",
                Fixture.text("gtk3-im"))
            .numbered(1);
    assertNull(fixture.portal.receive(call));
    assertEquals(Map.of(), fixture.asked);
  }

  @Test
  void aNewOwnerOfANameIsNotWhoLeft() {
    app.create("gtk3-im:app");
    fixture.portal.left(":1.7");
    fixture.owner(PortalFixture.credentials(PortalFixture.UID + 1, PortalFixture.PID));
    app.create("gtk3-im:app");
    fixture.answer();
    assertEquals(1, fixture.sent.size());
    assertEquals("AccessDenied", Fixture.outcome(fixture.sent.getFirst()));
  }
}
