package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Random interleavings of six fields of two applications, two input methods that answer well, late,
 * twice or not at all, a trusted keyboard that comes and goes, a grant log that is slow or fails,
 * and a user who switches everything; {@link SeatOracle} judges after every event.
 *
 * <p>{@code -Dkeywarden.simulation.events=N} and {@code -Dkeywarden.simulation.seed=S} repeat or
 * lengthen a run.
 */
final class SeatSimulationTest {
  private static final int RUN = 50_000;

  @Test
  void guaranteesHoldAfterEveryEvent() {
    long events = Long.getLong("keywarden.simulation.events", 10_000_000L);
    long seed = Long.getLong("keywarden.simulation.seed", 20_261_123L);
    long composed = 0;
    for (long done = 0; done < events; done += RUN) {
      SimulatedSession session = new SimulatedSession(seed + done / RUN, RUN);
      composed += session.run();
    }
    System.out.printf(
        "simulation: %,d events from seed %d, %,d keys shown to plugins%n", events, seed, composed);
    assertTrue(composed > events / 50, "the simulation composes");
  }
}
