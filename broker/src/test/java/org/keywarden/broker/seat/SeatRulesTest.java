package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.policy.Right;

/** The seat's rules, one by one, as a typist and an input method meet them. */
final class SeatRulesTest extends SeatScene {
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

  // Held keys across a switch.

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

  // Focus taken by another application.

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

  // Deadlines and order.

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
        last.stream().filter(HostEffect.class::isInstance).map(Effect.class::cast).toList();
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

  // What an input method may do.

  @Test
  void oneKeyPaysForSixteenActions() {
    composing();
    press('a');
    answer(1, true);
    for (int i = 0; i < 16; i++) {
      post(new SeatEvent.ActionTaken(grant(), new Action.Commit("x")));
      assertEquals(List.of(), refusals());
    }
    post(new SeatEvent.ActionTaken(grant(), new Action.Commit("x")));
    assertEquals(List.of(Refusal.NO_CAUSE), refusals());
  }

  @Test
  void aKeyPaysForASecondOnly() {
    composing();
    press('a');
    answer(1, true);
    now += LIMITS.cause() + 1;
    post(new SeatEvent.ActionTaken(grant(), new Action.Commit("x")));
    assertEquals(List.of(Refusal.NO_CAUSE), refusals());
  }

  @Test
  void takingBackWhatIsShownNeedsNoCause() {
    composing();
    press('a');
    answer(1, true, preedit("a"));
    now += LIMITS.cause() + 1;
    post(new SeatEvent.ActionTaken(grant(), new Action.ShowPreedit(Preedit.NONE)));
    assertEquals(List.of(), refusals());
  }

  @Test
  void aLineBreakIsTheAnswerToReturnOnly() {
    composing();
    press('a');
    answer(1, true, new Action.Commit("\n"));
    assertEquals(List.of(Refusal.TEXT_NOT_ALLOWED), refusals());
    press('k');
    answer(2, true, preedit("k"));
    press(RETURN);
    answer(3, true, new Action.Commit("k\n"));
    assertEquals(List.of(), refusals());
  }

  @Test
  void aLineBreakNeverGoesIntoATerminal() {
    composing(new FieldTraits(true, false, false), Purpose.TERMINAL);
    press('k');
    answer(1, true, preedit("k"));
    press(RETURN);
    answer(2, true, new Action.Commit("k\n"));
    assertEquals(List.of(Refusal.TEXT_NOT_ALLOWED), refusals());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000", "\u001b", "\t", "\u007f", "\u0085", "\u202e", "\u2066", "\ud800"})
  void textThatActsIsRefused(String text) {
    composing();
    press('a');
    answer(1, true, new Action.Commit("a" + text));
    assertEquals(List.of(Refusal.TEXT_NOT_ALLOWED), refusals());
  }

  @Test
  void onlyTheKeyBeingAnsweredIsForwardedAndOnce() {
    composing();
    post(new SeatEvent.ActionTaken(grant(), new Action.ForwardKey()));
    assertEquals(List.of(Refusal.NOT_THE_KEY), refusals());
    press('a');
    answer(1, true, new Action.ForwardKey(), new Action.ForwardKey());
    assertEquals(List.of(Refusal.NOT_THE_KEY), refusals());
    assertEquals(List.of(true), answers());
  }

  @Test
  void deletionStaysWithinWhatTheFieldReportedAndHappensOncePerReport() {
    composing();
    press('a');
    answer(1, true, new Action.DeleteSurrounding(-1, 1));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
    post(new SeatEvent.SurroundingChanged(FIELD, new SurroundingText("ab", 2, 2)));
    press('b');
    answer(2, true, new Action.DeleteSurrounding(-2, 2), new Action.DeleteSurrounding(-1, 1));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
  }

  // Text around the cursor.

  private static SurroundingText around(String text) {
    return new SurroundingText(text, text.length(), text.length());
  }

  private List<String> delivered() {
    return all(PluginEffect.DeliverSurrounding.class)
        .map(effect -> effect.surrounding().text())
        .toList();
  }

  @Test
  void whatAPlainFieldReportedBeforeItsGrantReachesTheInputMethod() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    post(new SeatEvent.SurroundingChanged(NEXT, around("ab")));
    assertEquals(List.of(), delivered());
    present();
    assertEquals(List.of("ab"), delivered());
    post(new SeatEvent.SurroundingChanged(NEXT, around("abc")));
    assertEquals(List.of("abc"), delivered());
  }

  private static Stream<ContentType> unreadable() {
    return Stream.of(
        type(Purpose.PASSWORD),
        type(Purpose.TERMINAL),
        new ContentType(Purpose.EMAIL, Set.of(Hint.PRIVATE), false),
        new ContentType(Purpose.FREE_FORM, Set.of(Hint.HIDDEN_TEXT), false),
        new ContentType(Purpose.FREE_FORM, Set.of(), true));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatAFieldThatMayNotBeReadReportsIsKeptForNobody(ContentType type) {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type));
    post(new SeatEvent.SurroundingChanged(NEXT, around("hunter2")));
    if (seat.status().route() == Route.GRANTING) {
      present();
      assertEquals(List.of(), delivered());
      post(new SeatEvent.SurroundingChanged(NEXT, around("hunter2")));
      assertEquals(List.of(), delivered());
    }
    post(new SeatEvent.FocusLost(NEXT));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    assertEquals(List.of(), delivered(), "the field is plain now; what it said before is not");
    key(NEXT, 'a', KeyAction.PRESS);
    answer(1, true, new Action.DeleteSurrounding(-1, 1));
    assertTrue(refusals().contains(Refusal.OUT_OF_BOUNDS));
  }

  @Test
  void whatIsReportedBeforeTheFieldHasSaidWhatItIsIsKeptForNobody() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, null));
    post(new SeatEvent.SurroundingChanged(NEXT, around("hunter2")));
    post(new SeatEvent.ContentTypeChanged(NEXT, type(Purpose.FREE_FORM)));
    present();
    assertEquals(List.of(), delivered());
  }

  @Test
  void whatAFieldReportsWithoutFocusIsKeptForNobody() {
    composing();
    post(new SeatEvent.SurroundingChanged(NEXT, around("old")));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    present();
    assertEquals(List.of(), delivered());
  }

  @Test
  void whatWasReportedInOneStayOfFocusIsNotOfTheNext() {
    composing();
    post(new SeatEvent.SurroundingChanged(FIELD, around("ab")));
    post(new SeatEvent.FocusLost(FIELD));
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    present();
    assertEquals(List.of(), delivered());
    press('a');
    answer(1, true, new Action.DeleteSurrounding(-1, 1));
    assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
  }

  @Test
  void whatWasReportedUnderOneGrantIsNotOfTheNext() {
    composing();
    post(new SeatEvent.SurroundingChanged(FIELD, around("ab")));
    post(new SeatEvent.PolicyReplaced(new ComposeAnnounced()));
    present();
    assertEquals(List.of(), delivered());
  }

  @Test
  void tooManyRefusedActionsRestartThePlugin() {
    composing();
    for (int i = 0; i < LIMITS.refusals(); i++) {
      post(new SeatEvent.ActionTaken(grant(), new Action.Commit("x")));
    }
    assertEquals(
        List.of(PluginEffect.Misbehaviour.REFUSED_TOO_OFTEN),
        all(PluginEffect.RestartPlugin.class).map(PluginEffect.RestartPlugin::why).toList());
  }

  // Revocation.

  @Test
  void whatIsComposedStaysInItsFieldWhenTheFocusMoves() {
    composing();
    press('k');
    answer(1, true, preedit("か"));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    List<HostEffect.EditField> edits = all(HostEffect.EditField.class).toList();
    assertTrue(edits.stream().allMatch(edit -> edit.field().equals(FIELD)));
    assertEquals(
        List.of(new Edit.SetPreedit(Preedit.NONE), new Edit.Insert("か")),
        edits.stream().map(HostEffect.EditField::edit).toList());
  }

  @Test
  void whatIsComposedIsNotKeptWhenItsOwnFieldTurnsSecret() {
    composing();
    press('k');
    answer(1, true, preedit("か"));
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.PASSWORD)));
    assertEquals(
        List.of(new Edit.SetPreedit(Preedit.NONE)),
        all(HostEffect.EditField.class).map(HostEffect.EditField::edit).toList());
  }

  @Test
  void whatTheApplicationOnceCalledSecretStaysSoUntilTheFocusLeavesIt() {
    composing();
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.PASSWORD)));
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.FREE_FORM)));
    pass(Duration.ofHours(1).toNanos());
    assertEquals(Route.GUARDED, seat.status().route(), "a password shown is a password");
    press('p');
    assertFalse(shown());
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    assertEquals(Route.GUARDED, seat.status().route(), "it had the focus already");
    post(new SeatEvent.FocusLost(FIELD));
    post(new SeatEvent.FocusGained(FIELD, null));
    assertEquals(Route.GRANTING, seat.status().route());
  }

  @Test
  void noOtherMarkerTakesBackWhatTheApplicationSaid() {
    composing();
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.PASSWORD)));
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.FREE_FORM)));
    pass(Duration.ofHours(1).toNanos());
    assertEquals(Route.GUARDED, seat.status().route());
  }

  @Test
  void theApplicationDoesNotTakeBackWhatItsTerminalSays() {
    composing(new FieldTraits(true, false, false), Purpose.TERMINAL);
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.FREE_FORM)));
    pass(Duration.ofHours(1).toNanos());
    assertEquals(Route.GUARDED, seat.status().route());
  }

  @Test
  void aTerminalWhosePromptIsOverIsNotPlainBeforeTheRelaxationIsOver() {
    composing(new FieldTraits(true, false, false), Purpose.TERMINAL);
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    assertEquals(Route.GUARDED, seat.status().route());
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
    pass(LIMITS.relaxation() - 1);
    assertEquals(Route.GUARDED, seat.status().route());
    pass(1);
    assertEquals(Route.GRANTING, seat.status().route());
  }

  @Test
  void aTerminalIsNotPlainWhileAKeyOfThePromptIsOnItsWay() {
    composing(new FieldTraits(true, false, false), Purpose.TERMINAL);
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    now += LIMITS.relaxation();
    press('p');
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
    assertEquals(Route.GUARDED, seat.status().route());
    post(new SeatEvent.TrustedAnswered(1, 1, false, ""));
    assertEquals(Route.GRANTING, seat.status().route());
  }

  @Test
  void aCapabilityNotRecordedIsNeverOffered() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    post(new SeatEvent.TokenNotRecorded(issued.getLast().issue()));
    assertTrue(all(PluginEffect.OfferGrant.class).findAny().isEmpty());
    assertEquals(Route.DIRECT, seat.status().route(), "typing goes on without the input method");
  }

  private void moveFocus(int times) {
    for (int i = 0; i < times; i++) {
      post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
      post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    }
  }

  @Test
  void anApplicationThatMovesTheFocusFasterThanAnyPersonGetsNoMoreGrantsThanOne() {
    composing();
    moveFocus(1_000);
    assertEquals(LIMITS.grantsAtOnce(), issued.size());
    assertEquals(Route.GRANTING, seat.status().route());
    pass(LIMITS.grantEvery());
    assertEquals(
        LIMITS.grantsAtOnce() + 1, issued.size(), "where the focus stays is not forgotten");
    present();
    assertEquals(Route.COMPOSING, seat.status().route());
  }

  @Test
  void aLogThatDoesNotKeepUpIsNotAskedForMore() {
    composing();
    for (int i = 0; i < 2 * LIMITS.unrecorded(); i++) {
      now += 2 * LIMITS.grantEvery();
      moveFocus(1);
    }
    assertEquals(LIMITS.unrecorded() + 1, issued.size(), "the first is recorded");
    assertEquals(Route.DIRECT, seat.status().route());
    issued.stream().skip(1).forEach(late -> seat.handle(now, recorded(late)));
    moveFocus(1);
    assertEquals(Route.GRANTING, seat.status().route());
  }

  @Test
  void aLostTrustedKeyboardLeavesSecretKeysToTheApplication() {
    composing();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    key(NEXT, 'p', KeyAction.PRESS);
    assertEquals(List.of(), answers());
    post(new SeatEvent.TrustedLost(1));
    assertEquals(List.of(false), answers());
    key(NEXT, 'q', KeyAction.PRESS);
    assertEquals(List.of(false), answers());
    assertFalse(shown());
  }

  @Test
  void anApplicationThatMovesTheFocusFasterThanAPersonHasItsKeysToItselfForAWhile() {
    composing();
    Application restless = new Application("app", "/usr/bin/app", false, 7);
    FieldId one = new FieldId(8, 1);
    FieldId two = new FieldId(8, 2);
    for (FieldId each : List.of(one, two)) {
      post(new SeatEvent.FieldOpened(each, restless, new FieldTraits(true, false, false)));
    }
    int before = issued.size();
    int recorded = before;
    long start = now;
    for (int move = 0; move <= 100_000; move++) {
      now += LIMITS.grantEvery();
      post(new SeatEvent.FocusGained(move % 2 == 0 ? one : two, type(Purpose.FREE_FORM)));
      for (; recorded < issued.size(); recorded++) {
        seat.handle(now, recorded(issued.get(recorded)));
      }
      if (move == 1_000) {
        assertTrue(issued.size() - before <= ApplicationPace.AT_ONCE + 41, "within 20 s");
        assertEquals(Route.DIRECT, seat.route());
      }
    }
    long earned = (now - start) / ApplicationPace.PROGRAM_EVERY;
    assertTrue(issued.size() - before <= ApplicationPace.PROGRAM_AT_ONCE + earned + 1);
    assertTrue(issued.size() - before >= ApplicationPace.PROGRAM_AT_ONCE, "and has what it may");
    assertEquals(Route.DIRECT, seat.route());
    int then = issued.size();
    pass(ApplicationPace.PROGRAM_EVERY);
    assertEquals(then + 1, issued.size(), "where the focus stays is not forgotten");
    present();
    assertEquals(Route.COMPOSING, seat.route());
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    assertEquals(then + 2, issued.size(), "another application gets its grant at once");
  }
}
