package org.keywarden.broker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.process.Backoff.Patience;

/** When a process that died is started again. */
final class BackoffTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Backoff backoff = new Backoff(Patience.LIMITED, () -> 0);

  @Test
  void waitsLongerEachTimeAndGivesUpAtTheFifthDeathInAMinute() {
    assertEquals(OptionalLong.of(0), backoff.died(0));
    assertEquals(OptionalLong.of(SECOND / 4), backoff.died(SECOND));
    assertEquals(OptionalLong.of(SECOND), backoff.died(2 * SECOND));
    assertEquals(OptionalLong.of(4 * SECOND), backoff.died(4 * SECOND));
    assertEquals(OptionalLong.empty(), backoff.died(60 * SECOND));
  }

  @Test
  void shortRunsThatAreTooFewToGiveUpWaitSixteenSeconds() {
    long now = 0;
    long last = 0;
    for (int i = 0; i < 20; i++) {
      backoff.started(now);
      now += 20 * SECOND;
      last = backoff.died(now).orElseThrow();
      now += last;
    }
    assertEquals(16 * SECOND, last);
  }

  @Test
  void aHealthyMinuteBeginsTheRowAnew() {
    backoff.started(0);
    backoff.died(0);
    backoff.started(0);
    assertEquals(OptionalLong.of(SECOND / 4), backoff.died(60 * SECOND - 1));
    backoff.started(60 * SECOND);
    assertEquals(OptionalLong.of(0), backoff.died(120 * SECOND));
  }

  @Test
  void delaysDifferByAQuarterAtMost() {
    Random random = new Random(1);
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1_000; i++) {
      Backoff each = new Backoff(Patience.LIMITED, random);
      each.died(0);
      long delay = each.died(0).orElseThrow();
      least = Math.min(least, delay);
      most = Math.max(most, delay);
    }
    assertTrue(least >= SECOND / 4, "least " + least);
    assertTrue(most <= SECOND / 4 * 5 / 4, "most " + most);
    assertTrue(most - least > SECOND / 20, "spread " + (most - least));
  }

  @Test
  void theIndispensableAlwaysComesBackWithinASecond() {
    Backoff endless = new Backoff(Patience.ENDLESS, () -> 0);
    assertEquals(OptionalLong.of(0), endless.died(0));
    for (int i = 0; i < 100; i++) {
      assertTrue(endless.died(i).orElseThrow() <= SECOND);
    }
  }

  @Test
  void whatMayWaitIsTriedForEverAndSeldomInTheEnd() {
    Backoff unhurried = new Backoff(Patience.UNHURRIED, () -> 0);
    for (int i = 0; i < 4; i++) {
      assertTrue(unhurried.died(i).orElseThrow() < 16 * SECOND);
    }
    for (int i = 4; i < 100; i++) {
      assertEquals(16 * SECOND, unhurried.died(i).orElseThrow());
    }
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
