package org.keywarden.broker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** When a process that died is started again. */
final class BackoffTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Backoff backoff = new Backoff();

  @Test
  void waitsLongerEachTimeAndGivesUpAtTheFifthDeathInAMinute() {
    assertEquals(OptionalLong.of(0), backoff.died(0));
    assertEquals(OptionalLong.of(SECOND / 4), backoff.died(SECOND));
    assertEquals(OptionalLong.of(SECOND), backoff.died(2 * SECOND));
    assertEquals(OptionalLong.of(4 * SECOND), backoff.died(4 * SECOND));
    assertEquals(OptionalLong.empty(), backoff.died(60 * SECOND));
  }

  @Test
  void aDeathCountsForAMinute() {
    backoff.died(0);
    assertEquals(OptionalLong.of(SECOND / 4), backoff.died(60 * SECOND));
    assertEquals(OptionalLong.of(SECOND / 4), backoff.died(60 * SECOND + 1));
  }

  @Test
  void forgivenItBeginsAnew() {
    for (int i = 0; i < 5; i++) {
      backoff.died(i);
    }
    backoff.forgive();
    assertEquals(OptionalLong.of(0), backoff.died(6));
  }
}
