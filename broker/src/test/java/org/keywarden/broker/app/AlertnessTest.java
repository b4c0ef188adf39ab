package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.Test;

/** When the seat's thread waits awake, and when it sleeps. */
final class AlertnessTest {
  private static final int STEP = 1_000;

  private long now;
  private int looks;
  private final Alertness alertness = new Alertness(() -> now, 2);

  /** Looks for events, which takes a while; finds one at the look given. */
  private int wait(int eventAt, boolean tasks) throws Exception {
    looks = 0;
    return alertness.calculateStrategy(
        () -> {
          now += STEP;
          return ++looks == eventAt ? 1 : 0;
        },
        tasks);
  }

  @Test
  void sleepsWhileNoAnswerIsExpected() throws Exception {
    assertEquals(SelectStrategy.SELECT, wait(1, false));
    assertEquals(0, looks);
  }

  @Test
  void takesAnAnswerAwakeAndSleepsAfterIt() throws Exception {
    alertness.expectAnswer();
    assertEquals(1, wait(5, false));
    assertEquals(SelectStrategy.SELECT, wait(1, false));
    assertEquals(0, looks);
  }

  @Test
  void sleepsWhenTheAnswerTakesLong() throws Exception {
    alertness.expectAnswer();
    assertEquals(SelectStrategy.SELECT, wait(Integer.MAX_VALUE, false));
    assertEquals(Alertness.LONGEST / STEP, looks);
    assertEquals(SelectStrategy.SELECT, wait(1, false));
  }

  @Test
  void doesItsOwnWorkBeforeItWaits() throws Exception {
    alertness.expectAnswer();
    assertEquals(0, wait(Integer.MAX_VALUE, true));
    assertEquals(1, looks);
    assertEquals(1, wait(3, false));
  }

  @Test
  void sleepsWhereItWouldTakeTheOnlyProcessor() throws Exception {
    Alertness alone = new Alertness(() -> now, 1);
    alone.expectAnswer();
    assertEquals(SelectStrategy.SELECT, alone.calculateStrategy(() -> 1, false));
  }
}
