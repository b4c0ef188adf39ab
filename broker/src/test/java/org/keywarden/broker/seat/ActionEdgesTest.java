package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Candidates, resets and what pays for actions. */
final class ActionEdgesTest extends SeatScene {
  private static Action candidates(int selected, String... texts) {
    return new Action.ShowCandidates(new Candidates(List.of(texts), selected));
  }

  private void acts(Action action) {
    post(new SeatEvent.ActionTaken(grant(), action));
  }

  private List<Edit> edits() {
    return all(HostEffect.EditField.class).map(HostEffect.EditField::edit).toList();
  }

  private void clicked(FieldId field, int index) {
    post(new SeatEvent.CandidateClicked(field, new CandidateClick(index, 1, 0)));
  }

  private void choosing() {
    composing();
    press('k');
    answer(1, true, preedit("k"), candidates(0, "か", "蚊", "可"));
  }

  // Candidates.

  @Test
  void oneOfTheCandidatesIsSelected() {
    choosing();
    acts(candidates(2, "か", "蚊", "可"));
    assertEquals(List.of(), refusals());
    for (int selected : new int[] {-1, 3}) {
      acts(candidates(selected, "か", "蚊", "可"));
      assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
    }
    acts(candidates(7));
    assertEquals(List.of(), refusals(), "of none, none is");
  }

  @Test
  void candidatesThatActAreRefused() {
    choosing();
    acts(candidates(0, "か", "\u001b"));
    assertEquals(List.of(Refusal.TEXT_NOT_ALLOWED), refusals());
  }

  @Test
  void aPreeditsCursorIsWithinIt() {
    choosing();
    for (int cursor : new int[] {0, 2}) {
      acts(new Action.ShowPreedit(new Preedit("ka", cursor, true)));
      assertEquals(List.of(), refusals());
    }
    for (int cursor : new int[] {-1, 3}) {
      acts(new Action.ShowPreedit(new Preedit("ka", cursor, true)));
      assertEquals(List.of(Refusal.OUT_OF_BOUNDS), refusals());
    }
  }

  @Test
  void aClickReachesTheInputMethod() {
    choosing();
    for (int index : new int[] {0, 2}) {
      clicked(FIELD, index);
      assertEquals(
          List.of(new PluginEffect.DeliverCandidateClick(grant(), new CandidateClick(index, 1, 0))),
          last);
    }
  }

  @Test
  void aClickThatIsNotOnACandidateReachesNobody() {
    choosing();
    for (int index : new int[] {-1, 3}) {
      clicked(FIELD, index);
      assertEquals(List.of(), last);
    }
    clicked(NEXT, 0);
    assertEquals(List.of(), last);
    acts(candidates(0));
    clicked(FIELD, 0);
    assertEquals(List.of(), last);
  }

  @Test
  void aClickReachesNobodyOnceTheFocusHasLeft() {
    choosing();
    post(new SeatEvent.FocusLost(FIELD));
    assertTrue(edits().contains(new Edit.SetCandidates(Candidates.NONE)));
    clicked(FIELD, 0);
    assertEquals(List.of(), last);
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    present();
    clicked(FIELD, 0);
    assertEquals(List.of(), last);
  }

  @Test
  void aClickPaysForActions() {
    choosing();
    now += LIMITS.cause() + 1;
    acts(new Action.Commit("か"));
    assertEquals(List.of(Refusal.NO_CAUSE), refusals());
    clicked(FIELD, 0);
    acts(new Action.Commit("か"));
    assertEquals(List.of(), refusals());
  }

  // What pays.

  @Test
  void aKeyPaysForASecondWhateverTheTime() {
    composing();
    post(new SeatEvent.FocusLost(FIELD));
    now += Duration.ofDays(1).toNanos();
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    present();
    press('a');
    answer(1, true);
    now += LIMITS.cause();
    acts(new Action.Commit("x"));
    assertEquals(List.of(), refusals());
  }

  @Test
  void whatAKeyPaidForEndsWithItsGrant() {
    composing();
    press('a');
    answer(1, true);
    post(new SeatEvent.Resumed());
    present();
    acts(new Action.Commit("x"));
    assertEquals(List.of(Refusal.NO_CAUSE), refusals());
  }

  @Test
  void whatIsRefusedIsRecorded() {
    composing();
    acts(new Action.Commit("x"));
    assertEquals(
        List.of(
            new PluginEffect.RefuseAction(grant(), Refusal.NO_CAUSE),
            new RecordEffect.RecordRefusal(INSTANCE, grant(), Refusal.NO_CAUSE)),
        last);
    post(new SeatEvent.ActionTaken(99, new Action.Commit("x")));
    assertEquals(List.of(new PluginEffect.RefuseAction(99, Refusal.NOT_LIVE)), last);
  }

  // Resets.

  @Test
  void aResetDropsTheCompositionAndKeepsNothing() {
    choosing();
    press('a');
    post(new SeatEvent.FieldReset(FIELD));
    assertEquals(
        List.of(
            new HostEffect.EditField(FIELD, new Edit.SetPreedit(Preedit.NONE)),
            new HostEffect.EditField(FIELD, new Edit.SetCandidates(Candidates.NONE)),
            new PluginEffect.ResetComposition(grant()),
            new HostEffect.AnswerKey(FIELD, 2, false)),
        last);
  }

  @Test
  void aResetOfAnotherFieldDropsNothing() {
    choosing();
    post(new SeatEvent.FieldReset(NEXT));
    assertEquals(List.of(), last);
    post(new SeatEvent.FieldReset(FOREIGN));
    assertEquals(List.of(), last);
    clicked(FIELD, 0);
    assertEquals(1, last.size(), "the candidates are there");
  }

  @Test
  void afterAResetTheInputMethodIsHeardAgainWhenItAnswers() {
    choosing();
    post(new SeatEvent.FieldReset(FIELD));
    press('a');
    acts(preedit("ka"));
    assertEquals(List.of(Refusal.NO_CAUSE), refusals(), "it may be of what was dropped");
    acts(preedit(""));
    assertEquals(List.of(Refusal.NO_CAUSE), refusals());
    answer(2, true);
    acts(preedit("a"));
    assertEquals(List.of(), refusals());
  }

  @Test
  void anotherGrantIsHeardAtOnce() {
    choosing();
    post(new SeatEvent.FieldReset(FIELD));
    post(new SeatEvent.Resumed());
    present();
    acts(preedit(""));
    assertEquals(List.of(), refusals());
  }

  @Test
  void nothingTypedIsPrinted() {
    assertEquals("Preedit[]", new Preedit("typed", 0, true).toString());
    assertEquals("Candidates[]", new Candidates(List.of("typed"), 0).toString());
    assertEquals("SurroundingText[]", new SurroundingText("typed", 0, 0).toString());
    assertEquals("Commit[]", new Action.Commit("typed").toString());
    assertEquals("Insert[]", new Edit.Insert("typed").toString());
    assertEquals("Key[PRESS]", new Key('p', 33, 0, KeyAction.PRESS).toString());
    assertEquals(
        "TrustedAnswered[5]", new SeatEvent.TrustedAnswered(1, 5, true, "typed").toString());
  }
}
