package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.accessibility.FocusedObject;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SecretBy;

/** What the seat is told of a field when the accessibility bus says something. */
class AccessibilityMarkTest {
  private static final long OTHER_PROCESS = 77;

  private final Fixture fixture = new Fixture();
  private final Fixture.App app = fixture.app();
  private String context = "";

  @BeforeEach
  void create() {
    context = create("gtk3-im:app");
  }

  private String create(String name) {
    String made = app.create(name);
    app.capabilities(made, 9);
    return made;
  }

  private void says(long process, boolean secret, long at) {
    fixture.objects.take(new FocusedObject(process, secret, at));
    app.door.client().lookAtFocusedObject();
  }

  private void says(boolean secret, long at) {
    says(fixture.share.owner(), secret, at);
  }

  private void focus(String on, long at) {
    fixture.monotonic = at;
    app.on(on, "FocusIn");
  }

  private List<String> marks() {
    return fixture.seen(SeatEvent.SecrecyMarked.class).stream()
        .filter(mark -> mark.by() != SecretBy.TERMINAL)
        .map(mark -> mark.by() + " " + mark.secret())
        .toList();
  }

  @Test
  void aPasswordIsToldHoweverLate() {
    focus(context, 10);
    says(true, 5_000);
    assertEquals(List.of("ACCESSIBILITY true"), marks());
  }

  @Test
  void thatItIsPlainAfterAllIsNotTold() {
    focus(context, 10);
    says(true, 20);
    says(false, 30);
    assertEquals(List.of("ACCESSIBILITY true"), marks());
  }

  @Test
  void anotherStayBeginsAnew() {
    focus(context, 10);
    says(true, 20);
    says(false, 30);
    app.on(context, "FocusOut");
    focus(context, 40);
    assertEquals(List.of("ACCESSIBILITY true", "ACCESSIBILITY false"), marks());
  }

  @Test
  void whatWasSaidBeforeTheFocusEndsWithTheNextWord() {
    says(true, 5);
    focus(context, 10);
    assertEquals(List.of("ACCESSIBILITY_BEFORE true"), marks());
    assertEquals(
        SeatEvent.FocusGained.class,
        fixture.events.getLast().getClass(),
        "the mark comes before the focus");
    says(false, 20);
    assertEquals(List.of("ACCESSIBILITY_BEFORE true", "ACCESSIBILITY_BEFORE false"), marks());
  }

  @Test
  void whatIsLateAndOfTheFieldBeforeDoesNotHold() {
    focus(context, 10);
    says(true, 9);
    says(false, 20);
    assertEquals(List.of("ACCESSIBILITY_BEFORE true", "ACCESSIBILITY_BEFORE false"), marks());
  }

  @Test
  void whatWasSaidBeforeIsConfirmed() {
    says(true, 5);
    focus(context, 10);
    says(true, 20);
    assertEquals(
        List.of("ACCESSIBILITY_BEFORE true", "ACCESSIBILITY true", "ACCESSIBILITY_BEFORE false"),
        marks());
  }

  @Test
  void aListenerThatIsGoneTakesNothingBack() {
    says(true, 5);
    focus(context, 10);
    fixture.objects.forget();
    app.door.client().lookAtFocusedObject();
    assertEquals(List.of("ACCESSIBILITY_BEFORE true"), marks());
  }

  @Test
  void nothingIsKnownOnceTheListenerIsGone() {
    says(true, 5);
    fixture.objects.forget();
    focus(context, 10);
    assertEquals(List.of(), marks());
  }

  @Test
  void anotherProcessMakesNoFieldOfThisOneSecret() {
    focus(context, 10);
    says(OTHER_PROCESS, true, 20);
    assertEquals(List.of(), marks());
  }

  @Test
  void aFieldWithoutFocusIsNotMarked() {
    focus(context, 10);
    app.on(context, "FocusOut");
    says(true, 20);
    assertEquals(List.of(), marks());
  }

  @Test
  void behindABridgeWhoeverWasLastCounts() {
    String bridge = create("xim");
    focus(bridge, 10);
    says(OTHER_PROCESS, true, 20);
    assertEquals(List.of("ACCESSIBILITY true"), marks());
  }

  @Test
  void behindACompositorEachFocusIsAFieldOfItsOwn() {
    String bridge = create("gnome-shell");
    focus(bridge, 10);
    says(OTHER_PROCESS, true, 20);
    app.on(bridge, "FocusOut");
    focus(bridge, 30);
    says(OTHER_PROCESS, false, 40);
    assertEquals(
        List.of("ACCESSIBILITY true", "ACCESSIBILITY_BEFORE true", "ACCESSIBILITY_BEFORE false"),
        marks());
  }
}
