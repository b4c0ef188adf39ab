package org.keywarden.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Choices have a pace. Time is given. */
final class ChoicePaceTest {
  private long now = -7;
  private final ChoicePace pace = new ChoicePace(() -> now);

  private int takeAll() {
    int taken = 0;
    while (pace.take()) {
      taken++;
    }
    return taken;
  }

  @Test
  void aBurstHasABound() {
    assertEquals(ChoicePace.AT_ONCE, takeAll());
  }

  @Test
  void oneIsEarnedEachTimeAndNotBefore() {
    takeAll();
    now += ChoicePace.EVERY - 1;
    assertEquals(0, takeAll());
    now++;
    assertEquals(1, takeAll());
  }

  @Test
  void noMoreThanABurstIsSavedUp() {
    takeAll();
    now += Duration.ofDays(400).toNanos();
    assertEquals(ChoicePace.AT_ONCE, takeAll());
  }

  @Test
  void aPersonIsNeverRefused() {
    int taken = 0;
    for (int i = 0; i < 1_000; i++) {
      now += Duration.ofSeconds(3).toNanos();
      taken += pace.take() ? 1 : 0;
    }
    assertEquals(1_000, taken);
  }
}
