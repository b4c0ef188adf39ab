package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds while another application has taken the focus from a field. */
final class TakenFocusRulesTest extends SeatScene {
  private void robbed(@Nullable ContentType type) {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type));
    post(new SeatEvent.FocusGained(FOREIGN, type(Purpose.FREE_FORM)));
  }

  private void stillTyped() {
    assertTrue(seat.secretTyped());
    assertEquals(Route.GUARDED, seat.status().route());
  }

  private void over() {
    assertFalse(seat.secretTyped());
    assertEquals(Route.GRANTING, seat.status().route());
  }

  @Test
  void aSecretFieldsKeysKeepPluginsStillWhenAnotherApplicationTakesTheFocus() {
    robbed(type(Purpose.PASSWORD));
    stillTyped();
    for (int i = 0; i < 5; i++) {
      pass(LIMITS.lull() - 1);
      key(NEXT, 'p', KeyAction.PRESS);
      assertEquals(List.of(false), answers());
      stillTyped();
    }
    pass(LIMITS.lull());
    over();
    present();
    key(NEXT, 'p', KeyAction.PRESS);
    stillTyped();
    assertEquals(
        List.of(RevocationReason.FIELD_SECRET),
        all(PluginEffect.Revoke.class).map(PluginEffect.Revoke::reason).toList());
  }

  @Test
  void anApplicationWithoutFocusKeepsPluginsStillForAWhileOnly() {
    robbed(type(Purpose.PASSWORD));
    long until = now + LIMITS.longestLull();
    while (now < until) {
      key(NEXT, 'p', KeyAction.PRESS);
      pass(Math.min(LIMITS.lull() / 2, until - now));
    }
    over();
    key(NEXT, 'p', KeyAction.PRESS);
    over();
  }

  @Test
  void aThiefThatGivesUpTheFocusThawsNothing() {
    robbed(type(Purpose.PASSWORD));
    post(new SeatEvent.FocusLost(FOREIGN));
    assertEquals(Route.UNFOCUSED, seat.status().route());
    assertTrue(seat.secretTyped());
    pass(LIMITS.lull());
    assertFalse(seat.secretTyped());
  }

  @Test
  void aThiefWithASecretFieldOfItsOwnHidesNothing() {
    robbed(type(Purpose.PASSWORD));
    FieldId another = new FieldId(3, 1);
    open(another, new FieldTraits(true, false, false));
    post(new SeatEvent.ContentTypeChanged(FOREIGN, type(Purpose.PASSWORD)));
    post(new SeatEvent.FocusGained(another, type(Purpose.FREE_FORM)));
    post(new SeatEvent.FocusLost(FOREIGN));
    stillTyped();
  }

  @Test
  void aFieldNotKnownToBePlainWhenItsFocusIsTakenCountsAsSecret() {
    robbed(null);
    stillTyped();
  }

  @Test
  void aFieldThatTurnsSecretAfterItsFocusWasTakenCounts() {
    robbed(type(Purpose.FREE_FORM));
    over();
    key(NEXT, 'a', KeyAction.PRESS);
    over();
    post(new SeatEvent.ContentTypeChanged(NEXT, type(Purpose.PASSWORD)));
    stillTyped();
  }

  @Test
  void itsOwnApplicationEndsIt() {
    robbed(type(Purpose.PASSWORD));
    post(new SeatEvent.FocusLost(FIELD));
    stillTyped();
    post(new SeatEvent.FocusLost(NEXT));
    over();
    key(NEXT, 'p', KeyAction.PRESS);
    over();
  }

  @Test
  void aFieldThatIsGoneEndsIt() {
    robbed(type(Purpose.PASSWORD));
    post(new SeatEvent.FieldClosed(NEXT));
    over();
  }

  @Test
  void withinOneApplicationTheFocusIsNotTaken() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    over();
  }
}
