package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an input method may do, and what it must have been given for it. */
final class ActionRulesTest extends SeatScene {
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
    answer(1, true, new Action.Commit("a\nb"));
    assertEquals(List.of("a b"), inserted());
    press('k');
    answer(2, true, preedit("k"));
    press(RETURN);
    answer(3, true, new Action.Commit("k\n"));
    assertEquals(List.of("k\n"), inserted());
  }

  @Test
  void aLineBreakNeverGoesIntoATerminal() {
    composing(new FieldTraits(true, false, false), Purpose.TERMINAL);
    press('k');
    answer(1, true, preedit("k"));
    press(RETURN);
    answer(2, true, new Action.Commit("k\n"));
    assertEquals(List.of("k "), inserted());
  }

  @Test
  void textOfAnUnusualShapeArrives() {
    composing();
    press('a');
    answer(1, true, new Action.Commit("one\ttwo\r\nthree\u2028four"));
    assertEquals(List.of("one two  three four"), inserted());
    assertEquals(List.of(), refusals());
    press('b');
    answer(
        2,
        true,
        new Action.ShowPreedit(new Preedit("a\tb", 3, true)),
        new Action.ShowCandidates(new Candidates(List.of("c\nd"), 0)),
        new Action.ShowAuxiliary("e\tf"));
    assertEquals(List.of(), refusals());
    assertEquals(
        List.of(
            new Edit.SetPreedit(new Preedit("a b", 3, true)),
            new Edit.SetCandidates(new Candidates(List.of("c d"), 0)),
            new Edit.SetAuxiliary("e f")),
        edits());
  }

  @Test
  void textThatCannotArriveDoesNotTakeAwayWhatIsSeen() {
    composing();
    press('k');
    answer(1, true, preedit("かな"));
    press('!');
    answer(2, true, new Action.ShowPreedit(Preedit.NONE), new Action.Commit("\u202eかな"));
    assertEquals(List.of(Refusal.TEXT_NOT_ALLOWED), refusals());
    assertEquals(List.of("かな"), inserted(), "as it was seen");
    assertEquals(List.of(false), answers(), "and the key is the application's");
    assertTrue(all(PluginEffect.ResetComposition.class).findAny().isPresent());
  }

  @Test
  void whatIsCommittedIsNotKeptASecondTime() {
    composing();
    press('k');
    answer(1, true, preedit("か"));
    press('a');
    answer(2, true, new Action.Commit("か"));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    assertEquals(List.of(new Edit.SetPreedit(Preedit.NONE)), edits());
  }

  @Test
  void whatIsShownBesideACommitIsKept() {
    composing();
    press('k');
    answer(1, true, preedit("なk"), new Action.Commit("か"));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.FREE_FORM)));
    assertEquals(List.of("なk"), inserted());
    present();
    key(NEXT, 'k', KeyAction.PRESS);
    answer(2, true, new Action.Commit("か"), preedit("な"));
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    assertEquals(List.of("な"), inserted());
  }

  private List<Edit> edits() {
    return all(HostEffect.EditField.class).map(HostEffect.EditField::edit).toList();
  }

  private List<String> inserted() {
    return edits().stream()
        .filter(Edit.Insert.class::isInstance)
        .map(each -> ((Edit.Insert) each).text())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "\u001b", "\u007f", "\u0085", "\u202e", "\u2066", "\ud800"})
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
}
