package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed behind a key that may move the focus, and what says that the focus has moved. */
final class FenceRulesTest extends SeatScene {
  @ParameterizedTest
  @ValueSource(
      ints = {TAB, RETURN, 0xFE20, 0xFF1B, 0xFF51, 0xFF54, 0xFF67, 0xFF89, 0xFF8D, 0xFF99, 0xFFC3})
  void aKeyThatMayMoveTheFocusIsAnsweredAtOnceAndUnseen(int keysym) {
    composing();
    press(keysym);
    assertFalse(shown());
    assertEquals(List.of(false), answers());
  }

  @Test
  void pressesBehindAFocusKeyAreHeldUntilTheApplicationSpeaks() {
    composing();
    press(TAB);
    press('a');
    assertFalse(shown());
    assertEquals(List.of(), answers());
    post(new SeatEvent.CursorMoved(FIELD));
    assertTrue(shown(), "the focus stayed");
  }

  @Test
  void pressesHeldBehindTheFenceAreAnsweredUnseenWhenTheFocusMoved() {
    composing();
    press(TAB);
    press('p');
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    assertEquals(List.of(false), answers());
    assertFalse(shown());
  }

  @Test
  void anotherApplicationDoesNotLiftTheFence() {
    composing();
    press(TAB);
    press('a');
    post(new SeatEvent.CursorMoved(FOREIGN));
    assertFalse(shown());
  }

  @Test
  void aFenceBehindWhichNothingIsTypedFallsAfterTheHoldLimit() {
    composing();
    press(TAB);
    key(FIELD, TAB, KeyAction.RELEASE);
    pass(LIMITS.hold());
    press('a');
    assertTrue(shown());
  }

  @Test
  void whatIsHeldToTheEndOfTheFenceIsShownToNobodyAndTheFenceStandsAnew() {
    composing();
    press(TAB);
    now += 1;
    press('a');
    pass(LIMITS.hold() - 1);
    assertEquals(List.of(false), answers());
    assertFalse(shown());
    press('b');
    assertFalse(shown(), "the application may still be at the focus key");
    pass(LIMITS.hold());
    assertEquals(List.of(false), answers());
    assertFalse(shown());
    pass(LIMITS.hold());
    press('c');
    assertTrue(shown(), "after a pause it is not");
  }

  @Test
  void whatTheApplicationTellsOfAKeyGivenToItBehindTheFocusKeyLiftsNoFence() {
    composing();
    press(TAB);
    press('a');
    pass(LIMITS.hold());
    post(new SeatEvent.CursorMoved(FIELD));
    press('b');
    assertFalse(shown(), "some come to the focus key last");
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    key(NEXT, 'c', KeyAction.PRESS);
    assertTrue(shown());
  }

  @Test
  void whatTheApplicationTellsOfAKeyBeforeTheFocusKeyLiftsNoFence() {
    composing();
    press('x');
    answer(1, false);
    pass(LIMITS.hold() - 1);
    press(TAB);
    press('p');
    post(new SeatEvent.FieldReset(FIELD));
    assertFalse(shown());
  }

  @Test
  void aFocusKeyThatAnInputMethodForwardsFences() {
    composing();
    press('k');
    answer(1, true, preedit("k"));
    press(TAB);
    press('p');
    answer(2, true, new Action.Commit("k"), preedit(""), new Action.ForwardKey());
    assertFalse(shown());
    press('4');
    assertFalse(shown());
  }

  @Test
  void aFocusKeyThatAnInputMethodDoesNotAnswerFences() {
    composing();
    press('k');
    answer(1, true, preedit("k"));
    press(TAB);
    press('p');
    pass(LIMITS.answer());
    assertEquals(List.of(false), answers());
    assertFalse(shown());
  }

  @Test
  void aFocusKeyThatIsHeldTooLongFences() {
    composing();
    press('a');
    answer(1, true);
    press('k');
    press(TAB);
    pass(LIMITS.answer() + LIMITS.hold());
    assertEquals(List.of(false, false), answers());
    press('p');
    assertFalse(shown());
  }

  @Test
  void theRepeatOfAFocusKeyFencesAsItsPressDid() {
    composing();
    press(TAB);
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    key(NEXT, TAB, KeyAction.REPEAT);
    assertEquals(List.of(false), answers());
    key(NEXT, 'p', KeyAction.PRESS);
    assertFalse(shown());
  }

  @Test
  void aFocusKeyGivenBackAsTheFocusMovesFencesTheFieldThatGainsIt() {
    composing();
    press(TAB);
    press(TAB);
    press('p');
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    assertEquals(List.of(false, false), answers());
    present();
    key(NEXT, '4', KeyAction.PRESS);
    assertFalse(shown());
  }

  @Test
  void theFenceOutlivesAGrant() {
    composing();
    press(TAB);
    post(new SeatEvent.Resumed());
    present();
    press('p');
    assertFalse(shown());
  }

  @Test
  void focusKeysOfAnotherApplicationFenceNothing() {
    composing();
    post(new SeatEvent.PluginSelected("none", ""));
    press(TAB);
    press(TAB);
    post(new SeatEvent.PluginSelected("ime", ""));
    post(new SeatEvent.FocusGained(FOREIGN, type(Purpose.FREE_FORM)));
    present();
    key(FOREIGN, 'a', KeyAction.PRESS);
    assertTrue(shown());
  }

  @Test
  void twoFocusKeysTypedWhileNobodyComposesNeedTwoMovesOfTheFocus() {
    composing();
    post(new SeatEvent.PluginSelected("none", ""));
    press(TAB);
    press(TAB);
    post(new SeatEvent.PluginSelected("ime", ""));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    key(NEXT, 'p', KeyAction.PRESS);
    assertFalse(shown());
    post(new SeatEvent.FocusLost(NEXT));
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    present();
    press('a');
    assertTrue(shown());
  }

  @Test
  void theReleaseOfAFocusKeyIsNotHeld() {
    composing();
    press('a');
    answer(1, true);
    press(TAB);
    key(FIELD, TAB, KeyAction.RELEASE);
    assertEquals(List.of(false), answers());
    key(FIELD, 'a', KeyAction.RELEASE);
    assertFalse(shown());
    assertEquals(List.of(false), answers());
  }

  @Test
  void whereAResetMayBeAllThatTellsOfAFocusChangeHeldKeysGoUnseen() {
    composing(new FieldTraits(true, true, false), Purpose.FREE_FORM);
    press(TAB);
    press('p');
    post(new SeatEvent.FieldReset(FIELD));
    assertEquals(List.of(false), answers());
    assertFalse(shown());
  }

  @Test
  void whileSomethingIsComposedAFocusKeyBelongsToTheInputMethod() {
    composing();
    press('k');
    answer(1, true, preedit("k"));
    press(RETURN);
    assertTrue(shown());
    assertEquals(List.of(), answers());
  }

  // What the application says because of what it was given.

  private void commit(String text) {
    press('k');
    answer(1, true, new Action.Commit(text));
  }

  private static Stream<SeatEvent> echoes() {
    return Stream.of(
        new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.FREE_FORM)),
        new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)),
        new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.URL)),
        new SeatEvent.FieldReset(FIELD),
        new SeatEvent.CursorMoved(FIELD),
        new SeatEvent.SurroundingChanged(FIELD, new SurroundingText("か", 1, 1)),
        new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
  }

  private void stillUnseen() {
    if (seat.status().route() == Route.GRANTING) {
      present();
    }
    press('p');
    assertFalse(shown());
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void whatMayBeOfTextGivenBeforeTheFocusKeyLiftsNoFence(SeatEvent echo) {
    composing();
    commit("か");
    pass(LIMITS.echo() - 1);
    press(TAB);
    post(echo);
    stillUnseen();
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void whatMayBeOfTextGivenBehindTheFocusKeyLiftsNoFence(SeatEvent echo) {
    composing();
    press('k');
    answer(1, true);
    now += LIMITS.echo() - LIMITS.hold();
    press(TAB);
    post(new SeatEvent.ActionTaken(grant(), preedit("k")));
    assertEquals(List.of(), refusals());
    post(echo);
    stillUnseen();
  }

  @Test
  void aTypeSaidAgainIsNoNews() {
    composing();
    press(TAB);
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.FREE_FORM)));
    stillUnseen();
  }

  @Test
  void aMarkOfATerminalIsNotTheApplicationsWord() {
    composing(new FieldTraits(true, false, false), Purpose.TERMINAL);
    press(RETURN);
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
    pass(LIMITS.hold() / 2);
    stillUnseen();
  }

  @Test
  void anotherTypeLiftsTheFenceWhereNothingElseWasGiven() {
    composing();
    press(TAB);
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.URL)));
    present();
    press('a');
    assertTrue(shown());
  }

  @Test
  void theFocusOfAClientWhoseFocusMayBeAnEchoLiftsNoFenceBehindText() {
    composing(new FieldTraits(true, false, true), Purpose.FREE_FORM);
    commit("か");
    press(TAB);
    post(new SeatEvent.FocusLost(FIELD));
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    stillUnseen();
  }

  @Test
  void theFocusOfSuchAClientLiftsItWhereNothingElseWasGiven() {
    composing(new FieldTraits(true, false, true), Purpose.FREE_FORM);
    press(TAB);
    post(new SeatEvent.FocusLost(FIELD));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    key(NEXT, 'a', KeyAction.PRESS);
    assertTrue(shown());
  }

  @Test
  void whatIsLongAgoIsNotWhatTheApplicationSpeaksOf() {
    composing();
    commit("か");
    pass(LIMITS.echo());
    press(TAB);
    press('p');
    post(new SeatEvent.CursorMoved(FIELD));
    assertTrue(shown());
  }

  @Test
  void aKeyThatTheInputMethodHandledIsNotWhatTheApplicationSpeaksOf() {
    composing();
    press('a');
    answer(1, true);
    press(TAB);
    key(FIELD, TAB, KeyAction.RELEASE);
    post(new SeatEvent.CursorMoved(FIELD));
    press('b');
    assertTrue(shown());
  }

  @Test
  void aResetSpeaksToo() {
    composing();
    press(TAB);
    press('a');
    post(new SeatEvent.FieldReset(FIELD));
    assertTrue(shown());
  }
}
