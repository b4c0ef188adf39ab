package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.wire.Message;

/** Whether an application has handled the keys it was given, and what it is asked for that. */
final class KeyProofTest extends DoorScene {
  private static final int RETURN = 0xFF0D;

  private String client(String name) {
    String context = app.create(name);
    app.capabilities(context, GTK);
    app.type(context, 0, 0);
    app.on(context, "FocusIn");
    return context;
  }

  /** A focus key is given back. */
  private void giveBack(String context, long number) {
    app.key(context, RETURN, 28, 0);
    answer();
    app.apply(new HostEffect.FenceRaised(field(), number));
  }

  private void answer() {
    SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), false));
  }

  private List<Message> pings() {
    return app.received.stream().filter(message -> "Ping".equals(message.member())).toList();
  }

  /** The application's D-Bus library answers the newest ping. */
  private void libraryAnswers() {
    app.door.receive(pings().getLast().from("app").reply().numbered(1_000));
  }

  private void loopAnswers() {
    fixture.loopsAsked.removeLast().run();
  }

  private List<Long> handled() {
    return fixture.seen(SeatEvent.KeysHandled.class).stream()
        .map(SeatEvent.KeysHandled::number)
        .toList();
  }

  @Test
  void theLibraryIsAskedBeforeTheLoop() {
    giveBack(client("gtk3-im:app"), 7);
    assertEquals(0, fixture.loopsAsked.size());
    libraryAnswers();
    assertEquals(List.of(), handled());
    loopAnswers();
    assertEquals(List.of(7L), handled());
  }

  @Test
  void onlyTheNewestQuestionIsAnswered() {
    String context = client("gtk3-im:app");
    giveBack(context, 7);
    libraryAnswers();
    giveBack(context, 8);
    loopAnswers();
    assertEquals(List.of(), handled());
    libraryAnswers();
    loopAnswers();
    assertEquals(List.of(8L), handled());
  }

  /** GTK may wait for each key in a loop inside the one before, and that loop answers too. */
  @Test
  void whereKeysNestAnAnswerAmongKeysIsWorthNothing() {
    String context = client("gtk4-im:app");
    giveBack(context, 7);
    libraryAnswers();
    app.key(context, 'k', 37, 0);
    loopAnswers();
    assertEquals(List.of(), handled());
    assertEquals(1, pings().size(), "it waits for a key");
  }

  @Test
  void whereKeysNestAKeyThatWaitsAlreadyMakesTheAnswerWorthless() {
    String context = client("gtk4-im:app");
    app.key(context, RETURN, 28, 0);
    SeatEvent.KeyTyped typed = fixture.seen(SeatEvent.KeyTyped.class).getLast();
    app.key(context, 'k', 37, 0);
    app.apply(new HostEffect.AnswerKey(typed.field(), typed.keyId(), false));
    app.apply(new HostEffect.FenceRaised(typed.field(), 7));
    libraryAnswers();
    loopAnswers();
    assertEquals(List.of(), handled());
    answer();
    assertEquals(List.of(), handled());
  }

  @Test
  void whereKeysNestItIsAskedAgainOnceTheyAreAnswered() {
    String context = client("gtk4-im:app");
    giveBack(context, 7);
    libraryAnswers();
    app.key(context, RETURN, 28, RELEASE);
    answer();
    loopAnswers();
    assertEquals(List.of(), handled());
    libraryAnswers();
    loopAnswers();
    assertEquals(List.of(7L), handled());
  }

  @Test
  void qtTakesKeysInTurn() {
    String context = client("QIBusInputContext");
    giveBack(context, 7);
    libraryAnswers();
    app.key(context, 'k', 37, 0);
    loopAnswers();
    assertEquals(List.of(7L), handled());
  }

  @Test
  void otherClientsAreNotAsked() {
    for (String name : List.of("xim", "gnome-shell", "wayland", "SDL2_Application")) {
      giveBack(client(name), 7);
    }
    assertEquals(0, pings().size());
  }

  @Test
  void aFieldThatIsGoneHandlesNothing() {
    String context = client("gtk3-im:app");
    FieldId field = field();
    giveBack(context, 7);
    libraryAnswers();
    app.on(context, "Destroy");
    loopAnswers();
    assertEquals(List.of(), handled(), field.toString());
  }
}
