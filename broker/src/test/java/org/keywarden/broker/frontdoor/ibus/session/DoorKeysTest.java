package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.KeyAction;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.bus.BusObject;
import org.keywarden.ibus.bus.Properties;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** Keys, and what they cause, from and to clients of each kind. */
final class DoorKeysTest extends DoorScene {
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
}
