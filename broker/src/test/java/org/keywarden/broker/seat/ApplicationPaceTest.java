package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many grants one application can cause, however it goes about it. */
final class ApplicationPaceTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ApplicationPace pace = new ApplicationPace();
  private long now = 1;

  private static Application process(long number, String program) {
    return new Application("any", program, false, number);
  }

  private boolean takes(Application application) {
    if (now < pace.nextAt(application)) {
      return false;
    }
    pace.given(application, now);
    return true;
  }

  private int taken(Application application, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += takes(application) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void aBurstOfOneProcessHasABoundAndAnotherIsNotTouched() {
    assertEquals(180, taken(process(1, "/usr/bin/a"), 10_000));
    assertEquals(180, taken(process(2, "/usr/bin/a"), 10_000));
    assertEquals(180, taken(process(3, "/usr/bin/b"), 10_000));
  }

  @Test
  void oneWhoGoesOnGetsTwoASecond() {
    Application application = process(1, "/usr/bin/a");
    taken(application, 10_000);
    int more = 0;
    for (int second = 0; second < 60; second++) {
      now += SECOND;
      more += taken(application, 100);
    }
    assertEquals(120, more);
  }

  @Test
  void aPersonIsNeverHeldUp() {
    Application application = process(1, "/usr/bin/a");
    for (int change = 0; change < 2_000; change++) {
      now += SECOND / 2;
      assertTrue(takes(application), () -> "each half second");
    }
  }

  @Test
  void aProgramThatIsStartedAgainAndAgainHasABoundToo() {
    int taken = 0;
    for (int process = 1; process < 500; process++) {
      taken += taken(process(process, "/usr/bin/a"), 200);
    }
    assertEquals(2_000, taken);
    now += SECOND * 3_600;
    assertEquals(
        360, taken(process(1_000, "/usr/bin/a"), 200) + taken(process(1_001, "/usr/bin/a"), 200));
  }

  @Test
  void whoIsNotKnownIsNotHeldUpHere() {
    assertEquals(5_000, taken(process(0, ""), 5_000));
  }

  @Test
  void whoIsAmongTheLastThousandIsRemembered() {
    assertEquals(180, taken(process(1, ""), 201));
    for (int other = 2; other <= 1_024; other++) {
      assertTrue(takes(process(other, "")));
    }
    assertEquals(0, taken(process(1, ""), 1));
    for (int other = 2_001; other <= 3_024; other++) {
      assertTrue(takes(process(other, "")));
    }
    assertEquals(1, taken(process(1, ""), 1), "and no more, so that memory is bounded");
  }
}
