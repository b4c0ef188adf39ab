package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
