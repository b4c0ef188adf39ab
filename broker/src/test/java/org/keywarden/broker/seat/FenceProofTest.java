package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is typed behind a key that the application has proved to have handled. */
final class FenceProofTest extends SeatScene {
  private long raised() {
    return all(HostEffect.FenceRaised.class).toList().getLast().number();
  }

  @Test
  void whatIsTypedBehindAKeyThatIsKnownToBeHandledIsShownAWhileLater() {
    composing();
    press(RETURN);
    long number = raised();
    press('k');
    pass(1_000_000);
    post(new SeatEvent.KeysHandled(FIELD, number));
    assertFalse(shown(), "the application may move the focus a little later");
    pass(LIMITS.settling() - 1_000_000);
    assertTrue(shown());
    press('a');
    assertTrue(shown());
  }

  @Test
  void aKeyThatWasHandledLongAgoFencesNothing() {
    composing();
    press(RETURN);
    long number = raised();
    pass(LIMITS.settling());
    post(new SeatEvent.KeysHandled(FIELD, number));
    press('k');
    assertTrue(shown());
  }

  @Test
  void onlyTheNewestKeyCountsAsHandled() {
    composing();
    press(RETURN);
    long number = raised();
    press('k');
    pass(LIMITS.hold());
    assertTrue(raised() > number, "it was left to the application, and stands behind it anew");
    press('a');
    post(new SeatEvent.KeysHandled(FIELD, number));
    pass(LIMITS.settling());
    assertFalse(shown());
  }

  @Test
  void theFocusThatMovesAfterTheProofTakesWhatIsHeldAlong() {
    composing();
    press(RETURN);
    long number = raised();
    press('p');
    post(new SeatEvent.KeysHandled(FIELD, number));
    post(new SeatEvent.FocusGained(NEXT, type(Purpose.PASSWORD)));
    assertEquals(List.of(false), answers());
    assertFalse(shown());
  }
}
