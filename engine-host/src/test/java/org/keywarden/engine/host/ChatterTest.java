package org.keywarden.engine.host;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChatterTest {
  private static final int RUNS = 1_000;

  @Test
  void whateverAnEngineSaysIsShownWithinBoundsOrRefused() {
    for (int seed = 0; seed < RUNS; seed++) {
      byte[] bytes = new byte[2_000];
      new Random(seed).nextBytes(bytes);
      try {
        new Chatter(bytes).talk();
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("with seed " + seed, failure);
      }
    }
  }
}
