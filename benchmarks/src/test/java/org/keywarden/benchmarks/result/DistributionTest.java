package org.keywarden.benchmarks.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DistributionTest {
  @Test
  void percentilesAreSamplesByNearestRank() {
    double[] falling = IntStream.range(0, 1000).mapToDouble(i -> 1000 - i).toArray();
    assertEquals(new Distribution(1000, 500, 990, 999, 1000), Distribution.of(falling));
    assertEquals(1000, falling[0], "the samples themselves stay in their order");
  }

  @Test
  void oneSampleIsEveryPercentile() {
    assertEquals(new Distribution(1, 7, 7, 7, 7), Distribution.of(new double[] {7}));
  }

  @Test
  void noSamplesAreNoFigure() {
    assertThrows(IllegalArgumentException.class, () -> Distribution.of(new double[0]));
  }
}
