package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grants that are not recorded, and applications and logs that get no more of them. */
final class GrantRulesTest extends SeatScene {
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
    assertEquals(2_000 - LIMITS.grantsAtOnce(), withheld.size(), "all but the last, which waits");
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
    assertEquals(3 * LIMITS.unrecorded(), withheld.size());
    issued.stream().skip(1).forEach(late -> seat.handle(now, recorded(late)));
    moveFocus(1);
    assertEquals(Route.GRANTING, seat.status().route());
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
    assertTrue(
        issued.size() - before + withheld.size() > 100_000,
        "each focus has a grant or is counted, or first the one and then the other");
    assertEquals(Set.of("app"), Set.copyOf(withheld));
    int then = issued.size();
    pass(ApplicationPace.PROGRAM_EVERY);
    assertEquals(then + 1, issued.size(), "where the focus stays is not forgotten");
    present();
    assertEquals(Route.COMPOSING, seat.route());
    post(new SeatEvent.FocusGained(FIELD, type(Purpose.FREE_FORM)));
    assertEquals(then + 2, issued.size(), "another application gets its grant at once");
  }
}
