package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.policy.Right;

/** When and in what order keys are shown and answered, and what becomes of held ones. */
final class KeyRulesTest extends SeatScene {
  @Test
  void withTheRightAReleaseIsShown() {
    composing();
    press('a');
    answer(1, true);
    key(FIELD, 'a', KeyAction.RELEASE);
    assertTrue(shown());
  }

  @Test
  void withoutTheRightAReleaseIsLeftToTheApplicationInItsTurn() {
    rights.remove(Right.RECEIVE_RELEASES);
    composing();
    press('a');
    key(FIELD, 'a', KeyAction.RELEASE);
    assertFalse(shown());
    assertEquals(List.of(), answers(), "not before the press");
    answer(1, true);
    assertEquals(List.of(true, false), answers());
  }

  @Test
  void theReleaseOfAKeyPressedInTheOldFieldIsNotShownToTheNewOwner() {
    composing();
    press('a');
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    key(NEXT, 'a', KeyAction.RELEASE);
    assertFalse(shown());
    assertEquals(List.of(false), answers());
  }

  @Test
  void theRepeatOfAKeyHeldInAPasswordIsNotShownToTheInputMethod() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    key(NEXT, 'p', KeyAction.PRESS);
    post(new SeatEvent.TrustedAnswered(1, 1, false, ""));
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    present();
    key(FIELD, 'p', KeyAction.REPEAT);
    assertFalse(shown());
  }

  @Test
  void aKeyHeldWhileTheFocusMovesIsPressedAnewThere() {
    composing();
    press('a');
    answer(1, true);
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    key(NEXT, 'a', KeyAction.REPEAT);
    assertEquals(
        List.of(KeyAction.PRESS),
        all(PluginEffect.DeliverKey.class).map(each -> each.key().action()).toList());
    answer(2, true);
    key(NEXT, 'a', KeyAction.REPEAT);
    assertEquals(
        List.of(KeyAction.REPEAT),
        all(PluginEffect.DeliverKey.class).map(each -> each.key().action()).toList());
  }

  @Test
  void aPressNobodyHasSeenYetIsSecretWhenTheFocusMoves() {
    composing();
    press('p');
    answer(1, true);
    post(new SeatEvent.FocusGained(NEXT, null));
    key(NEXT, 'p', KeyAction.PRESS);
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    present();
    key(FIELD, 'p', KeyAction.REPEAT);
    assertFalse(shown(), "it may have been the password's");
  }

  @Test
  void aPressInAFieldWithoutTheFocusIsSecret() {
    composing();
    press('p');
    answer(1, true);
    key(NEXT, 'p', KeyAction.PRESS);
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    key(NEXT, 'p', KeyAction.REPEAT);
    assertFalse(shown());
  }

  @Test
  void aPressLeftToTheApplicationIsPressedAnewInTheNextField() {
    composing();
    press('a');
    answer(1, false);
    post(new SeatEvent.PluginSelected("", ""));
    key(FIELD, 'b', KeyAction.PRESS);
    post(new SeatEvent.PluginSelected("ime", ""));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    key(NEXT, 'b', KeyAction.REPEAT);
    assertTrue(shown());
  }

  @Test
  void aKeyNotAnsweredInTimeGoesToTheApplicationAndALateAnswerIsRefused() {
    composing();
    press('a');
    answer(1, true);
    press('b');
    pass(LIMITS.answer());
    assertEquals(List.of(false), answers());
    answer(2, true, new Action.Commit("b"));
    assertEquals(List.of(Refusal.NO_SUCH_KEY), refusals());
    assertTrue(all(HostEffect.EditField.class).findAny().isEmpty());
  }

  @Test
  void theFirstAnswerOfAnInstanceMayTakeLonger() {
    composing();
    press('a');
    pass(LIMITS.firstAnswer() - 1);
    assertEquals(List.of(), answers());
    pass(1);
    assertEquals(List.of(false), answers());
    press('b');
    pass(LIMITS.answer());
    assertEquals(List.of(false), answers(), "it had its chance");
  }

  @Test
  void afterTheFirstAnswerNoKeyHasLongerThanTheNext() {
    composing();
    press('a');
    press('b');
    now += 1;
    answer(1, true);
    press('c');
    assertEquals(now + LIMITS.answer(), seat.nextDeadline());
    pass(LIMITS.answer());
    assertEquals(List.of(false, false), answers());
  }

  @Test
  void missedDeadlinesInARowRestartThePlugin() {
    composing();
    for (int i = 0; i < LIMITS.misses(); i++) {
      press('a');
      pass(LIMITS.firstAnswer());
    }
    assertEquals(
        List.of(PluginEffect.Misbehaviour.DEADLINES_MISSED),
        all(PluginEffect.RestartPlugin.class).map(PluginEffect.RestartPlugin::why).toList());
    assertEquals(Route.DIRECT, seat.status().route());
  }

  @Test
  void aKeyHeldForAGrantGoesToTheApplicationAfterTheHoldLimit() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    key(NEXT, 'a', KeyAction.PRESS);
    assertEquals(List.of(), answers());
    pass(LIMITS.hold());
    assertEquals(List.of(false), answers());
  }

  @Test
  void aKeyBehindTheInputMethodsWaitsForItsTurnAsLongAsThoseMayTake() {
    composing();
    press('a');
    answer(1, true);
    press('k');
    press(RETURN);
    pass(LIMITS.answer() - 1);
    answer(2, true, preedit("か"));
    assertEquals(List.of(true), answers());
    assertTrue(shown(), "now Return is the input method's");
    answer(3, true, preedit(""), new Action.Commit("火"));
    assertEquals(List.of(true), answers());
  }

  @Test
  void aKeyHeldTooLongBehindACompositionFindsItFinished() {
    composing();
    press('a');
    answer(1, true);
    press('k');
    press(RETURN);
    press(RETURN);
    pass(LIMITS.answer() - 1);
    answer(2, true, preedit("か"));
    pass(LIMITS.hold() + 1);
    List<Effect> told =
        last.stream()
            .filter(each -> each instanceof HostEffect && !(each instanceof HostEffect.FenceRaised))
            .toList();
    assertEquals(
        List.of(
            new HostEffect.EditField(FIELD, new Edit.SetPreedit(Preedit.NONE)),
            new HostEffect.EditField(FIELD, new Edit.Insert("か")),
            new HostEffect.AnswerKey(FIELD, 3, false),
            new HostEffect.AnswerKey(FIELD, 4, false)),
        told);
  }

  @Test
  void whatAKeyCausesPrecedesItsAnswer() {
    composing();
    press('a');
    answer(1, true, new Action.Commit("あ"));
    int edit = last.indexOf(all(HostEffect.EditField.class).findFirst().orElseThrow());
    int answered = last.indexOf(all(HostEffect.AnswerKey.class).findFirst().orElseThrow());
    assertTrue(edit < answered);
  }

  @Test
  void aKeyOfAFieldWithoutFocusIsLeftToItsApplication() {
    composing();
    key(NEXT, 'a', KeyAction.PRESS);
    assertEquals(List.of(false), answers());
    assertFalse(shown());
  }
}
