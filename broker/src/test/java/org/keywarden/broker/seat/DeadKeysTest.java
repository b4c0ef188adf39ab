package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Dead keys and Compose in ordinary fields: as without an input method. */
final class DeadKeysTest extends SeatScene {
  private static final int ACUTE = 0xFE51;
  private static final int COMPOSE = 0xFF20;
  private static final int SHIFT = 0xFFE1;

  private List<Integer> atTrusted() {
    return all(TrustedEffect.DeliverTrusted.class).map(each -> each.key().keysym()).toList();
  }

  private List<Integer> atPlugin() {
    return all(PluginEffect.DeliverKey.class).map(each -> each.key().keysym()).toList();
  }

  private List<Edit> edits() {
    return all(HostEffect.EditField.class).map(HostEffect.EditField::edit).toList();
  }

  private void trustedAnswers(long sequence, boolean handled, String text) {
    post(new SeatEvent.TrustedAnswered(1, sequence, handled, text));
  }

  private void direct() {
    composing();
    post(new SeatEvent.PluginSelected("", ""));
  }

  /** The first key is a dead key that the input method leaves alone. */
  private void begun() {
    composing();
    press(ACUTE);
    answer(1, false);
    trustedAnswers(1, true, "");
  }

  @Test
  void aSequenceIsComposedWhereNobodyElseComposes() {
    direct();
    press(ACUTE);
    assertEquals(List.of(ACUTE), atTrusted());
    assertEquals(List.of(), answers());
    trustedAnswers(1, true, "");
    assertEquals(List.of(true), answers(), "an application that composes itself sees none of it");
    press('e');
    assertEquals(List.of((int) 'e'), atTrusted());
    trustedAnswers(2, true, "é");
    assertEquals(List.of(new Edit.Insert("é")), edits());
    assertEquals(List.of(true), answers());
    press('e');
    assertEquals(List.of(), atTrusted(), "the sequence is over");
    assertEquals(List.of(false), answers());
  }

  @Test
  void whatAnInputMethodLeavesAloneIsComposed() {
    composing();
    press(COMPOSE);
    assertEquals(List.of(COMPOSE), atPlugin());
    press('e');
    assertEquals(List.of(), atPlugin(), "whose the next key is depends on this one");
    answer(1, false);
    assertEquals(List.of(COMPOSE), atTrusted());
    trustedAnswers(1, true, "");
    assertEquals(List.of((int) 'e'), atTrusted());
    assertFalse(shown(), "a begun sequence goes on");
    trustedAnswers(2, true, "é");
    assertEquals(List.of(new Edit.Insert("é")), edits());
    press('a');
    assertTrue(shown());
  }

  @Test
  void whatAnInputMethodUsesIsItsOwn() {
    composing();
    press(ACUTE);
    answer(1, true, preedit("´"));
    assertEquals(List.of(), atTrusted());
    assertEquals(List.of(true), answers());
    press('e');
    assertTrue(shown());
  }

  @Test
  void whatIsComposedComesBeforeASequence() {
    composing();
    press('k');
    answer(1, true, preedit("か"));
    press(ACUTE);
    answer(2, false);
    trustedAnswers(2, true, "");
    press('e');
    assertEquals(
        List.of(new Edit.SetPreedit(Preedit.NONE), new Edit.Insert("か")),
        edits(),
        "before a key that may be the application's");
    trustedAnswers(3, true, "é");
    assertEquals(List.of(new Edit.Insert("é")), edits());
  }

  /** The input method composes late, while the trusted keyboard has a key. */
  private void composedBesideASequence() {
    composing();
    press('k');
    answer(1, true);
    press(ACUTE);
    answer(2, false);
    trustedAnswers(2, true, "");
    press('q');
    assertEquals(List.of((int) 'q'), atTrusted());
    post(new SeatEvent.ActionTaken(grant(), preedit("か")));
    assertEquals(1, edits().size());
  }

  private void wordThenKey() {
    assertEquals(List.of(new Edit.SetPreedit(Preedit.NONE), new Edit.Insert("か")), edits());
    assertEquals(List.of(false), answers());
  }

  @Test
  void whatIsComposedBesideASequenceGoesBeforeAKeyThatIsNone() {
    composedBesideASequence();
    trustedAnswers(3, false, "");
    wordThenKey();
  }

  @Test
  void whatIsComposedBesideASequenceGoesBeforeAKeyThatIsTakenBack() {
    composedBesideASequence();
    pass(LIMITS.answer());
    wordThenKey();
  }

  @Test
  void aSequenceThatIsNoneGoesToTheApplication() {
    begun();
    press('q');
    trustedAnswers(2, false, "");
    assertEquals(List.of(false), answers());
    press('q');
    assertTrue(shown(), "and is over");
  }

  @Test
  void shiftGoesPastASequence() {
    begun();
    press(SHIFT);
    assertEquals(List.of(), atTrusted());
    answer(2, false);
    press('E');
    assertEquals(List.of((int) 'E'), atTrusted());
  }

  @Test
  void releasesAreNoPartOfASequence() {
    begun();
    key(FIELD, ACUTE, KeyAction.RELEASE);
    assertEquals(List.of(), atTrusted());
    assertEquals(List.of(false), answers());
  }

  @Test
  void aSequenceStaysInItsField() {
    begun();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    assertEquals(1, all(TrustedEffect.ForgetTrusted.class).count());
    present();
    key(NEXT, 'e', KeyAction.PRESS);
    assertTrue(shown());
  }

  @Test
  void aSequenceNeverBecomesAPasswords() {
    begun();
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    assertEquals(1, all(TrustedEffect.ForgetTrusted.class).count());
  }

  @Test
  void withoutATrustedKeyboardADeadKeyIsTheApplications() {
    composing();
    post(new SeatEvent.TrustedLost(1));
    press(ACUTE);
    answer(1, false);
    assertEquals(List.of(false), answers());
  }

  @Test
  void aTrustedKeyboardThatIsLateHoldsUpNobody() {
    begun();
    press('e');
    pass(LIMITS.answer());
    assertEquals(List.of(false), answers());
    press('e');
    assertTrue(shown());
  }

  @Test
  void whereNoFieldHasTheFocusNothingIsComposed() {
    composing();
    post(new SeatEvent.FocusLost(FIELD));
    press(ACUTE);
    assertEquals(List.of(), atTrusted());
    assertEquals(List.of(false), answers());
  }
}
