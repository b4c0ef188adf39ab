package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of keys that wait together: behind a grant, a focus key or the trusted keyboard. */
final class KeyQueueTest extends SeatScene {
  private void granting() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
  }

  private void next(int keysym, KeyAction action) {
    key(NEXT, keysym, action);
  }

  private List<Integer> delivered() {
    return all(PluginEffect.DeliverKey.class).map(each -> each.key().keysym()).toList();
  }

  private List<Integer> trusted() {
    return all(TrustedEffect.DeliverTrusted.class).map(each -> each.key().keysym()).toList();
  }

  private long forgotten() {
    return all(TrustedEffect.ForgetTrusted.class).count();
  }

  // Keys that waited go on together.

  @Test
  void keysHeldForAGrantAreShownTogether() {
    granting();
    next('a', KeyAction.PRESS);
    next('b', KeyAction.PRESS);
    next('a', KeyAction.RELEASE);
    present();
    assertEquals(List.of((int) 'a', (int) 'b', (int) 'a'), delivered());
  }

  @Test
  void aKeyNobodyMaySeeHoldsUpNoneBehindIt() {
    granting();
    next('z', KeyAction.RELEASE);
    next('b', KeyAction.PRESS);
    present();
    assertEquals(List.of((int) 'b'), delivered());
    assertEquals(List.of(false), answers());
  }

  @Test
  void keysHeldForAGrantThatDoesNotComeGoToTheApplicationTogether() {
    granting();
    next('a', KeyAction.PRESS);
    next(TAB, KeyAction.PRESS);
    next('b', KeyAction.PRESS);
    post(new SeatEvent.TokenNotRecorded(issued.getLast().issue()));
    assertEquals(List.of(false, false, false), answers());
  }

  @Test
  void releasesBehindTheFenceGoToTheApplicationTogether() {
    composing();
    press('a');
    press('b');
    answer(1, true);
    answer(2, true);
    press(TAB);
    post(new SeatEvent.Resumed());
    key(FIELD, 'a', KeyAction.RELEASE);
    key(FIELD, 'b', KeyAction.RELEASE);
    present();
    assertEquals(List.of(false, false), answers());
  }

  @Test
  void aReleaseBehindAHeldPressWaitsForIt() {
    composing();
    press(TAB);
    press('a');
    key(FIELD, 'a', KeyAction.RELEASE);
    post(new SeatEvent.CursorMoved(FIELD));
    assertEquals(List.of((int) 'a', (int) 'a'), delivered());
  }

  @Test
  void keysTypedIntoASecretFieldWithoutATrustedKeyboardGoToTheApplicationTogether() {
    composing();
    post(new SeatEvent.TrustedLost(1));
    post(new SeatEvent.FocusGained(NEXT, null));
    next('p', KeyAction.PRESS);
    next('q', KeyAction.PRESS);
    assertEquals(List.of(), answers());
    post(new SeatEvent.ContentTypeChanged(NEXT, type(Purpose.PASSWORD)));
    assertEquals(List.of(false, false), answers());
  }

  // Bounds.

  @Test
  void thePluginHasSoManyKeysAtOnceAndThoseBehindKeepTheirOrder() {
    composing();
    for (int i = 0; i < LIMITS.keysAtPlugin(); i++) {
      press('a' + i);
      assertTrue(shown());
    }
    press('z');
    assertFalse(shown());
    key(FIELD, 'z', KeyAction.RELEASE);
    assertFalse(shown());
    answer(1, true);
    assertEquals(List.of((int) 'z'), delivered());
    answer(2, true);
    assertEquals(List.of((int) 'z'), delivered(), "its release");
    assertEquals(List.of(true), answers());
  }

  @Test
  void soManyKeysArePendingAndThenTheyGoToTheApplication() {
    granting();
    for (int i = 0; i < LIMITS.pendingKeys(); i++) {
      next('a', KeyAction.PRESS);
      assertEquals(List.of(), answers());
    }
    next('b', KeyAction.PRESS);
    assertEquals(Collections.nCopies(LIMITS.pendingKeys(), false), answers());
    present();
    assertEquals(List.of((int) 'b'), delivered());
  }

  @Test
  void whenKeysWaitTooManyThePluginsComeBackToo() {
    composing();
    press('k');
    answer(1, true, preedit("k"));
    for (int i = 0; i < LIMITS.pendingKeys(); i++) {
      press('a');
    }
    assertEquals(List.of(), answers());
    press('b');
    assertEquals(Collections.nCopies(LIMITS.pendingKeys(), false), answers());
    assertEquals(
        List.of(new Edit.SetPreedit(Preedit.NONE), new Edit.Insert("k")),
        all(HostEffect.EditField.class).map(HostEffect.EditField::edit).toList());
    assertEquals(List.of((int) 'b'), delivered());
  }

  @Test
  void moreKeysThanAnyKeyboardHasAreRememberedForNobody() {
    composing();
    for (int code = 0; code <= 256; code++) {
      post(new SeatEvent.KeyTyped(FIELD, ++keyId, new Key('a', code, 0, KeyAction.PRESS)));
      answer(keyId, true);
    }
    post(new SeatEvent.KeyTyped(FIELD, ++keyId, new Key('a', 255, 0, KeyAction.REPEAT)));
    assertTrue(shown());
    answer(keyId, true);
    post(new SeatEvent.KeyTyped(FIELD, ++keyId, new Key('a', 256, 0, KeyAction.REPEAT)));
    assertFalse(shown());
    post(new SeatEvent.Resumed());
    present();
    post(new SeatEvent.KeyTyped(FIELD, ++keyId, new Key('a', 7, 0, KeyAction.PRESS)));
    answer(keyId, true);
    post(new SeatEvent.KeyTyped(FIELD, ++keyId, new Key('a', 7, 0, KeyAction.REPEAT)));
    assertTrue(shown(), "one that is remembered may change hands");
  }

  // Who saw the press.

  @Test
  void afterItsReleaseAKeyIsNobodys() {
    composing();
    press('a');
    answer(1, true);
    key(FIELD, 'a', KeyAction.REPEAT);
    assertTrue(shown());
    answer(2, true);
    key(FIELD, 'a', KeyAction.RELEASE);
    assertTrue(shown());
    answer(3, true);
    key(FIELD, 'a', KeyAction.REPEAT);
    assertFalse(shown());
  }

  @Test
  void aPressNobodySawTakesTheKeyFromWhoSawTheLast() {
    composing();
    press('a');
    answer(1, true);
    press(TAB);
    press('a');
    pass(LIMITS.hold());
    assertEquals(List.of(false), answers());
    pass(LIMITS.hold());
    key(FIELD, 'a', KeyAction.REPEAT);
    assertFalse(shown());
    press('b');
    assertTrue(shown(), "the fence is gone");
  }

  // The trusted keyboard.

  private void secret() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
  }

  private void trustedAnswers(long sequence, String text) {
    post(new SeatEvent.TrustedAnswered(1, sequence, false, text));
  }

  @Test
  void theTrustedKeyboardHasOneKeyAtATime() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, null));
    next('p', KeyAction.PRESS);
    next('q', KeyAction.PRESS);
    post(new SeatEvent.ContentTypeChanged(NEXT, type(Purpose.PASSWORD)));
    assertEquals(List.of((int) 'p'), trusted());
    trustedAnswers(1, "");
    assertEquals(List.of((int) 'q'), trusted());
  }

  @Test
  void theTrustedKeyboardSeesTheReleaseOfWhatItSaw() {
    secret();
    next('p', KeyAction.PRESS);
    trustedAnswers(1, "");
    next('p', KeyAction.RELEASE);
    assertEquals(List.of((int) 'p'), trusted());
    trustedAnswers(2, "");
    next('z', KeyAction.RELEASE);
    assertEquals(List.of(), trusted());
    assertEquals(List.of(false), answers());
  }

  @Test
  void whatAKeyFinishesGoesIntoTheField() {
    secret();
    next('e', KeyAction.PRESS);
    trustedAnswers(1, "é");
    assertEquals(
        List.of(
            new HostEffect.EditField(NEXT, new Edit.Insert("é")),
            new HostEffect.AnswerKey(NEXT, 1, true)),
        last);
    next('e', KeyAction.PRESS);
    trustedAnswers(2, "\u0007");
    assertEquals(List.of(new HostEffect.AnswerKey(NEXT, 2, false)), last);
    next('e', KeyAction.PRESS);
    post(new SeatEvent.TrustedAnswered(1, 3, true, ""));
    assertEquals(List.of(new HostEffect.AnswerKey(NEXT, 3, true)), last);
  }

  @Test
  void onlyTheAnswerToTheKeyByTheInstanceThatHasItCounts() {
    secret();
    trustedAnswers(1, "x");
    assertEquals(List.of(), last);
    next('p', KeyAction.PRESS);
    post(new SeatEvent.TrustedAnswered(2, 1, true, "x"));
    assertEquals(List.of(), last);
    trustedAnswers(2, "x");
    assertEquals(List.of(), last);
    trustedAnswers(1, "");
    assertEquals(List.of(false), answers());
  }

  @Test
  void theLossOfAnotherInstanceIsNothing() {
    secret();
    next('p', KeyAction.PRESS);
    post(new SeatEvent.TrustedLost(2));
    assertEquals(List.of(), last);
    assertTrue(seat.status().trustedReady());
    post(new SeatEvent.TrustedLost(1));
    assertEquals(List.of(false), answers());
    assertFalse(seat.status().trustedReady());
  }

  @Test
  void whatWasBegunIsForgottenWhenTheFocusLeavesAndOnce() {
    secret();
    next('p', KeyAction.PRESS);
    trustedAnswers(1, "");
    post(new SeatEvent.FocusLost(NEXT));
    assertEquals(1, forgotten());
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    post(new SeatEvent.FocusLost(NEXT));
    assertEquals(0, forgotten(), "it has had no key");
  }

  @Test
  void aNewTrustedKeyboardHasNothingToForget() {
    secret();
    next('p', KeyAction.PRESS);
    trustedAnswers(1, "");
    post(new SeatEvent.TrustedLost(1));
    post(new SeatEvent.TrustedReady(2));
    post(new SeatEvent.FocusLost(NEXT));
    assertEquals(0, forgotten());
  }

  @Test
  void aResetIsForgottenByTheTrustedKeyboardToo() {
    secret();
    next('p', KeyAction.PRESS);
    trustedAnswers(1, "");
    post(new SeatEvent.FieldReset(FIELD));
    assertEquals(0, forgotten(), "another field");
    post(new SeatEvent.FieldReset(NEXT));
    assertEquals(1, forgotten());
  }

  private void missed() {
    next('p', KeyAction.PRESS);
    assertEquals(now + LIMITS.answer(), seat.nextDeadline());
    pass(LIMITS.answer() - 1);
    assertEquals(List.of(), answers());
    pass(1);
    assertEquals(List.of(false), answers());
    assertEquals(1, forgotten());
  }

  private long restarted() {
    return all(TrustedEffect.RestartTrusted.class).count();
  }

  @Test
  void aTrustedKeyboardThatMissesInARowIsRestarted() {
    secret();
    for (int i = 1; i < LIMITS.misses(); i++) {
      missed();
      assertEquals(0, restarted());
    }
    next('p', KeyAction.PRESS);
    trustedAnswers(keyId, "");
    for (int i = 1; i < LIMITS.misses(); i++) {
      missed();
      assertEquals(0, restarted(), "an answer begins a new row");
    }
    missed();
    assertEquals(1, restarted());
    assertFalse(seat.status().trustedReady());
    post(new SeatEvent.TrustedReady(2));
    next('p', KeyAction.PRESS);
    pass(LIMITS.answer());
    assertEquals(0, restarted(), "the next one begins a new row, too");
  }

  @Test
  void aTrustedKeyboardThatIsLostLeavesNoMisses() {
    secret();
    for (int i = 1; i < LIMITS.misses(); i++) {
      missed();
    }
    post(new SeatEvent.TrustedLost(1));
    post(new SeatEvent.TrustedReady(2));
    missed();
    assertEquals(0, restarted());
  }

  @Test
  void keysHeldTooLongBehindTheTrustedKeyboardTakeBackTheOneItHas() {
    secret();
    next('p', KeyAction.PRESS);
    next('q', KeyAction.PRESS);
    next('r', KeyAction.PRESS);
    pass(LIMITS.answer());
    assertEquals(List.of((int) 'q'), trusted());
    pass(LIMITS.hold());
    assertEquals(List.of(false, false), answers());
    assertEquals(1, forgotten());
  }

  @Test
  void itForgetsOnceWhenAllKeysAreLate() {
    secret();
    next('p', KeyAction.PRESS);
    next('q', KeyAction.PRESS);
    pass(LIMITS.answer() + LIMITS.hold());
    assertEquals(List.of(false, false), answers());
    assertEquals(1, forgotten());
  }
}
