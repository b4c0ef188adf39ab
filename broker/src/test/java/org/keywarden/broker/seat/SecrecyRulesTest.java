package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What turns a field secret, what ends that, and what becomes of a composition. */
final class SecrecyRulesTest extends SeatScene {
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
  void whatTheAccessibilityBusSaysHoldsForTheStay() {
    composing();
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.ACCESSIBILITY, true));
    assertEquals(Route.GUARDED, seat.status().route());
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.ACCESSIBILITY, false));
    post(new SeatEvent.ContentTypeChanged(FIELD, type(Purpose.FREE_FORM)));
    pass(Duration.ofHours(1).toNanos());
    assertEquals(Route.GUARDED, seat.status().route());
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    assertEquals(Route.GRANTING, seat.status().route(), "another stay of focus");
  }

  @Test
  void whatTheAccessibilityBusSaidBeforeTheStayEndsWithItsNextWord() {
    composing();
    post(new SeatEvent.SecrecyMarked(NEXT, SecretBy.ACCESSIBILITY_BEFORE, true));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    post(new SeatEvent.SecrecyMarked(NEXT, SecretBy.ACCESSIBILITY_BEFORE, false));
    pass(LIMITS.relaxation() - 1);
    assertEquals(Route.GUARDED, seat.status().route());
    pass(1);
    assertEquals(Route.GRANTING, seat.status().route());
  }

  @Test
  void whatTheAccessibilityBusSaidBeforeTheStayHasNoAgeAtWhichItIsPlain() {
    composing();
    post(new SeatEvent.SecrecyMarked(NEXT, SecretBy.ACCESSIBILITY_BEFORE, true));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    pass(Duration.ofHours(1).toNanos());
    assertEquals(Route.GUARDED, seat.status().route());
  }

  @Test
  void theAccessibilityBusTakesNoOtherMarkerBack() {
    composing();
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.ACCESSIBILITY_BEFORE, true));
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.ACCESSIBILITY_BEFORE, false));
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

  /** {@code passwd} asks twice, and shows what is typed in between. */
  @Test
  void aPromptThatStoodForLongIsNotPlainTheMomentItIsOver() {
    composing(new FieldTraits(true, false, false), Purpose.TERMINAL);
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    pass(Duration.ofMinutes(1).toNanos());
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
    press('p');
    assertFalse(shown());
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    pass(LIMITS.relaxation());
    assertEquals(Route.GUARDED, seat.status().route());
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
    pass(LIMITS.relaxation() - 1);
    assertEquals(Route.GUARDED, seat.status().route());
  }

  @Test
  void aTerminalIsNotPlainWhileAKeyOfThePromptIsOnItsWay() {
    composing(new FieldTraits(true, false, false), Purpose.TERMINAL);
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true));
    post(new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false));
    pass(LIMITS.relaxation() - 1);
    press('p');
    pass(1);
    assertEquals(Route.GUARDED, seat.status().route());
    post(new SeatEvent.TrustedAnswered(1, 1, false, ""));
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
}
