package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.terminal.FakeTerminals;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SecretBy;

/** What the seat is told when a program asks for a secret in a client's terminal. */
final class TerminalMarkTest {
  private final Fixture fixture = new Fixture();
  private final FakeTerminals terminals =
      new FakeTerminals((delay, action) -> fixture.alarms.add(action), () -> 0);
  private final Fixture.App app = fixture.new App(terminals.watch()).hello();

  private String terminal() {
    String context = app.create("gtk3-im:terminal");
    app.capabilities(context, 9);
    app.type(context, 10, 0);
    app.on(context, "FocusIn");
    return context;
  }

  private void alarms() {
    List<Runnable> due = List.copyOf(fixture.alarms);
    fixture.alarms.clear();
    due.forEach(Runnable::run);
  }

  /** What the seat has been told up to some event. */
  private boolean secret(List<SeatEvent> events) {
    boolean marked = false;
    boolean called = false;
    for (SeatEvent event : events) {
      if (event instanceof SeatEvent.SecrecyMarked e) {
        assertEquals(SecretBy.TERMINAL, e.by());
        assertNotEquals(marked, e.secret(), "only news is told");
        marked = e.secret();
      } else if (event instanceof SeatEvent.ContentTypeChanged e) {
        called = e.type().secret();
      }
    }
    return marked || called;
  }

  private boolean secretAtFocus() {
    int focus = fixture.events.lastIndexOf(fixture.seen(SeatEvent.FocusGained.class).getLast());
    return secret(fixture.events.subList(0, focus));
  }

  private boolean lastSecret() {
    return secret(fixture.events);
  }

  @Test
  void theFirstKeyOfAPromptComesAfterTheWordThatItIsSecret() {
    terminals.search();
    String context = terminal();
    app.key(context, 'a', 30, 0);
    terminals.hide(true);
    app.key(context, 'p', 25, 0);
    int last = fixture.events.size() - 1;
    assertInstanceOf(SeatEvent.KeyTyped.class, fixture.events.get(last));
    SeatEvent.SecrecyMarked told =
        assertInstanceOf(SeatEvent.SecrecyMarked.class, fixture.events.get(last - 1));
    assertTrue(told.secret());
  }

  @Test
  void aPromptAlreadyThereAtFocusIsSecretBeforeTheFirstKey() {
    terminals.search();
    terminals.stall();
    terminals.pass(1);
    terminals.hide(true);
    String context = terminal();
    assertFalse(secretAtFocus());
    app.key(context, 'p', 25, 0);
    assertEquals(List.of(), fixture.seen(SeatEvent.KeyTyped.class));
    terminals.search();
    assertTrue(lastSecret());
    assertInstanceOf(SeatEvent.KeyTyped.class, fixture.events.getLast());
  }

  @Test
  void whatFollowsAKeyThatWaitsForALookDoesNotOvertakeIt() {
    terminals.search();
    String context = terminal();
    terminals.stall();
    app.key(context, 'a', 30, 0);
    app.key(context, 'a', 30, 1 << 30);
    app.on(context, "FocusOut");
    assertEquals(List.of(), fixture.seen(SeatEvent.KeyTyped.class));
    assertEquals(List.of(), fixture.seen(SeatEvent.FocusLost.class));
    terminals.search();
    assertEquals(2, fixture.seen(SeatEvent.KeyTyped.class).size());
    assertInstanceOf(SeatEvent.FocusLost.class, fixture.events.getLast());
  }

  @Test
  void aLookThatDoesNotComeBackMakesTheFieldSecretBeforeItsKey() {
    terminals.search();
    String context = terminal();
    terminals.stall();
    app.key(context, 'p', 25, 0);
    terminals.pass(100_000_000);
    alarms();
    assertTrue(lastSecret());
    assertInstanceOf(SeatEvent.KeyTyped.class, fixture.events.getLast());
    app.key(context, 'q', 24, 0);
    assertEquals(2, fixture.seen(SeatEvent.KeyTyped.class).size());
  }

  @Test
  void calledMoreThanAnybodyTypesWhileAKeyWaitsIsRefused() {
    terminals.search();
    String context = terminal();
    terminals.stall();
    for (int i = 0; i < 65; i++) {
      app.key(context, 'a', 30, 0);
    }
    int before = app.received.size();
    app.key(context, 'a', 30, 0);
    assertEquals("LimitsExceeded", Fixture.outcome(app.received.get(before)));
    terminals.search();
    assertEquals(65, fixture.seen(SeatEvent.KeyTyped.class).size());
  }

  @Test
  void aContextThatIsDestroyedIsLookedAtNoMore() {
    terminals.search();
    terminals.hide(true);
    String context = terminal();
    app.on(context, "Destroy");
    for (int i = 0; i < 4; i++) {
      alarms();
    }
    assertEquals(List.of(), fixture.alarms);
  }

  @Test
  void theEndOfAPromptIsNoticedWithoutAKey() {
    terminals.search();
    terminals.hide(true);
    terminal();
    alarms();
    terminals.hide(false);
    alarms();
    assertFalse(lastSecret());
    for (int i = 0; i < 4; i++) {
      alarms();
    }
    assertEquals(List.of(), fixture.alarms);
  }

  @Test
  void aPromptThatFollowsEnterIsFoundBeforeKeysTypedAheadAreLetGo() {
    terminals.search();
    String context = terminal();
    app.key(context, 0xFF0D, 28, 0);
    app.key(context, 'p', 25, 0);
    terminals.hide(true);
    alarms();
    assertTrue(lastSecret());
  }

  @Test
  void nobodyLooksWhileTheFieldIsWithoutFocus() {
    terminals.search();
    terminals.hide(true);
    String context = terminal();
    app.on(context, "FocusOut");
    for (int i = 0; i < 4; i++) {
      alarms();
    }
    assertEquals(List.of(), fixture.alarms);
  }

  @Test
  void aFieldIsSecretUntilTerminalsHaveBeenLookedFor() {
    terminal();
    assertTrue(secretAtFocus());
    terminals.search();
    assertFalse(lastSecret());
  }

  @Test
  void aClientThatNeverSaysWhatItsFieldsAreIsAsBeforeOnceThePromptIsOver() {
    terminals.search();
    String context = app.create("QIBusInputContext");
    app.capabilities(context, 9);
    app.on(context, "FocusIn");
    assertNull(fixture.seen(SeatEvent.FocusGained.class).getLast().type());
    terminals.hide(true);
    app.key(context, 'p', 25, 0);
    assertTrue(lastSecret());
    terminals.hide(false);
    app.key(context, 'a', 30, 0);
    assertFalse(lastSecret());
    assertEquals(List.of(), fixture.seen(SeatEvent.ContentTypeChanged.class));
  }

  @Test
  void surroundingTextOfAPromptIsNotTaken() {
    terminals.search();
    String context = app.create("gtk3-im:app");
    app.capabilities(context, 41);
    app.type(context, 0, 0);
    app.on(context, "FocusIn");
    app.surrounding(context, "text");
    assertEquals(1, fixture.seen(SeatEvent.SurroundingChanged.class).size());
    terminals.hide(true);
    app.key(context, 'p', 25, 0);
    app.surrounding(context, "more");
    assertEquals(1, fixture.seen(SeatEvent.SurroundingChanged.class).size());
  }

  @Test
  void aCompositorIsAskedAboutOnlyForFieldsItCallsTerminals() {
    terminals.search();
    terminals.hideElsewhere(true);
    String context = app.create("gnome-shell");
    app.capabilities(context, 9);
    app.on(context, "FocusIn");
    app.type(context, 0, 0);
    List.copyOf(fixture.alarms).forEach(Runnable::run);
    assertFalse(lastSecret());
    app.type(context, 10, 0);
    assertTrue(lastSecret());
  }

  @Test
  void ximClientsAreJudgedByEveryTerminalOfTheUser() {
    terminals.search();
    String context = app.create("xim");
    app.capabilities(context, 8);
    app.on(context, "FocusIn");
    terminals.hideElsewhere(true);
    app.key(context, 'p', 25, 0);
    assertTrue(lastSecret());
  }

  @Test
  void aTerminalThatIsDestroyedIsNotLookedAtAgain() {
    terminals.search();
    terminals.hide(true);
    String context = terminal();
    app.on(context, "Destroy");
    // Those of looks under way, which end with them.
    alarms();
    assertEquals(List.of(), fixture.alarms);
  }
}
