package org.keywarden.benchmarks.result;

import java.util.Arrays;

/**
 * What many samples came to. Percentiles are samples, by nearest rank, not interpolated.
 *
 * @param samples how many there were, at least 1
 */
public record Distribution(int samples, double p50, double p99, double p999, double max) {

  /**
   * Of all these samples, in their own unit.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Distribution of(double[] samples) {
    if (samples.length == 0) {
      throw new IllegalArgumentException("no samples");
    }
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return new Distribution(
        sorted.length,
        rank(sorted, 0.50),
        rank(sorted, 0.99),
        rank(sorted, 0.999),
        sorted[sorted.length - 1]);
  }

  private static double rank(double[] sorted, double part) {
    return sorted[Math.max(0, (int) Math.ceil(part * sorted.length) - 1)];
  }
}
