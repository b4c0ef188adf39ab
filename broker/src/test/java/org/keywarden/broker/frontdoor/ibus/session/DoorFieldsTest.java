package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.frontdoor.ibus.context.ContentTypes;
import org.keywarden.broker.seat.Purpose;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SecretBy;

/** What clients of each kind say of their fields, and when it counts. */
final class DoorFieldsTest extends DoorScene {
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
}
