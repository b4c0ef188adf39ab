package org.keywarden.broker.plugin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The token bucket, with time given. */
final class RateLimitTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final RateLimit limit = new RateLimit(10, 3, SECOND);

  private void spend(int times, long now) {
    for (int i = 0; i < times; i++) {
      assertTrue(limit.take(now), "take " + i);
    }
    assertFalse(limit.take(now));
  }

  @Test
  void aBurstIsAllowedOnce() {
    spend(3, SECOND);
  }

  @Test
  void oneIsEarnedEachTenthAndNotBefore() {
    spend(3, SECOND);
    assertFalse(limit.take(SECOND + SECOND / 10 - 1));
    spend(1, SECOND + SECOND / 10);
  }

  @Test
  void aFractionEarnedIsNotLost() {
    spend(3, SECOND);
    spend(1, SECOND + SECOND / 10 + SECOND / 20);
    spend(1, SECOND + 2 * SECOND / 10);
  }

  @Test
  void restEarnsNoMoreThanABurst() {
    spend(3, SECOND);
    spend(3, 3_600 * SECOND);
  }

  @Test
  void whatIsGivenComesOnTopOfWhatTimeEarnsUpToABurst() {
    spend(3, SECOND);
    limit.give();
    spend(1, SECOND);
    for (int i = 0; i < 5; i++) {
      limit.give();
    }
    spend(3, SECOND);
  }
}
