package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** What is composed comes into its field once, by the client or by the broker. */
final class KeptPreeditTest extends DoorScene {
  private static final List<String> BY_BROKER = List.of("UpdatePreeditTextWithMode", "CommitText");

  private int before;

  /** What was on its way when the client cleared its preedit must not stay on the screen. */
  private static final List<String> CLEARED = List.of("UpdatePreeditTextWithMode");

  private String composing() {
    String context = gtk();
    app.set(context, "ClientCommitPreedit", Value.Struct.of(new Value.Bool(true)));
    app.on(context, "FocusIn");
    edit(new Edit.SetPreedit(new Preedit("か", 1, true)));
    before = app.received.size();
    return context;
  }

  private void edit(Edit edit) {
    app.apply(new HostEffect.EditField(field(), edit));
  }

  private List<String> signals() {
    return app.received.subList(before, app.received.size()).stream()
        .map(Message::member)
        .filter(Objects::nonNull)
        .toList();
  }

  @Test
  void aClientThatCanIsAskedToKeepWhatIsToBeKept() {
    composing();
    assertEquals(new Value.UInt32(1), app.received.getLast().body().get(3));
    edit(new Edit.SetPreedit(Preedit.NONE));
    assertEquals(new Value.UInt32(0), app.received.getLast().body().get(3));
  }

  @Test
  void aClientThatSaidThatTheFocusLeftHasKeptIt() {
    String context = composing();
    app.on(context, "FocusOut");
    edit(new Edit.KeepPreedit("か"));
    assertEquals(CLEARED, signals());
  }

  @Test
  void aClientThatSaysSoLaterKeepsIt() {
    String context = composing();
    edit(new Edit.KeepPreedit("か"));
    app.on(context, "FocusOut");
    List.copyOf(fixture.alarms).forEach(Runnable::run);
    assertEquals(CLEARED, signals());
  }

  @Test
  void aClientThatNeverSaysSoIsGivenIt() {
    composing();
    edit(new Edit.KeepPreedit("か"));
    assertEquals(List.of(), signals());
    List.copyOf(fixture.alarms).forEach(Runnable::run);
    assertEquals(BY_BROKER, signals());
  }

  @Test
  void whatIsComposedNextComesBehindIt() {
    composing();
    edit(new Edit.KeepPreedit("か"));
    edit(new Edit.SetPreedit(new Preedit("き", 1, true)));
    assertEquals(
        List.of("UpdatePreeditTextWithMode", "CommitText", "UpdatePreeditTextWithMode"), signals());
  }

  @Test
  void theBrokerKeepsWhatEndsWhileTheFocusStays() {
    composing();
    edit(new Edit.SetPreedit(Preedit.NONE));
    edit(new Edit.Insert("か"));
    assertEquals(BY_BROKER, signals());
  }

  @Test
  void theBrokerKeepsItForClientsThatDoNot() {
    qt();
    edit(new Edit.SetPreedit(new Preedit("か", 1, true)));
    before = app.received.size();
    edit(new Edit.KeepPreedit("か"));
    assertEquals(List.of("UpdatePreeditText", "CommitText"), signals());
  }
}
