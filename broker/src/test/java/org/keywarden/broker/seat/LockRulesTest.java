package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The screen is locked, and unlocked again. */
final class LockRulesTest extends SeatScene {
  private static final SeatEvent LOCKED = new SeatEvent.SessionLockChanged(true);
  private static final SeatEvent UNLOCKED = new SeatEvent.SessionLockChanged(false);

  @Test
  void aLockEndsTheGrantAndGuardsWhateverHasTheFocus() {
    composing();
    post(LOCKED);
    assertEquals(1, all(PluginEffect.Revoke.class).count());
    assertEquals(Route.GUARDED, seat.route());
    assertEquals("the session is locked", seat.status().decidedBy());
    press('p');
    assertFalse(shown());
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    assertEquals(Route.GUARDED, seat.route());
  }

  @Test
  void keysHeldForAGrantGoToTheTrustedKeyboardWhenTheScreenIsLocked() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    key(NEXT, 'p', KeyAction.PRESS);
    assertEquals(Route.GRANTING, seat.route());
    post(LOCKED);
    assertEquals(1, all(TrustedEffect.DeliverTrusted.class).count());
    assertFalse(shown());
  }

  @Test
  void theUnlockAsksThePolicyAndComposesAgain() {
    composing();
    post(LOCKED);
    post(UNLOCKED);
    assertEquals(Route.GRANTING, seat.route());
    present();
    press('k');
    assertTrue(shown());
  }

  @Test
  void keysTypedWhileLockedAreShownToNobodyAfterwards() {
    composing();
    post(LOCKED);
    press('p');
    press('q');
    press('r');
    assertEquals(List.of(), answers());
    post(UNLOCKED);
    assertEquals(List.of(false, false, false), answers());
    present();
    assertFalse(shown());
    key(FIELD, 'r', KeyAction.RELEASE);
    assertFalse(shown());
  }

  @Test
  void whatIsTypedBehindTheReturnThatUnlocksWaitsForTheFence() {
    composing();
    post(LOCKED);
    press(RETURN);
    post(UNLOCKED);
    present();
    press('x');
    assertFalse(shown());
    pass(LIMITS.hold());
    assertFalse(shown());
    assertEquals(List.of(false), answers());
  }

  @Test
  void noPluginRunsWhileTheScreenIsLocked() {
    composing();
    post(LOCKED);
    post(new SeatEvent.FocusLost(FIELD));
    assertEquals(Route.UNFOCUSED, seat.route());
    assertTrue(seat.secretTyped());
    post(UNLOCKED);
    assertFalse(seat.secretTyped());
  }

  @Test
  void aResumeWhileLockedUnlocksNothing() {
    composing();
    post(LOCKED);
    post(new SeatEvent.Resumed());
    assertEquals(Route.GUARDED, seat.route());
  }
}
