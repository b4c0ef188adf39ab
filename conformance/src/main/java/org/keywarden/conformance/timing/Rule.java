package org.keywarden.conformance.timing;

import java.util.Arrays;

/**
 * Takes something for a key when its amount is within bounds.
 *
 * @param least amount
 * @param most amount
 * @param lag how long after a key it is usually seen, in ns
 * @param score on the keys it was learnt from
 */
record Rule(long least, long most, long lag, double score) {
  /** What follows sooner is taken for the same key. */
  private static final long SAME_KEY = 25_000_000;

  private static final long LONGEST_LAG = 40_000_000;
  private static final double[] QUANTILES = {0, .1, .25, .4, .5, .6, .7, .8, .9, .95, .98, .99};
  private static final int BAND = 3;

  /**
   * Learns the best rule for a series.
   *
   * @param keys when keys were pressed, ascending
   * @param window as in {@link Matching#of}
   */
  static Rule learn(Series series, long[] keys, long window) {
    Rule best = new Rule(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0);
    long[] sorted = series.sortedAmounts();
    long last = Long.MIN_VALUE;
    for (double quantile : sorted.length == 0 ? new double[0] : QUANTILES) {
      long least = sorted[(int) (quantile * (sorted.length - 1))];
      if (least != last) {
        for (long most : new long[] {Long.MAX_VALUE, Math.max(least, BAND * least)}) {
          Rule better = new Rule(least, most, 0, 0).fitted(series, keys, window);
          best = better.score > best.score ? better : best;
        }
      }
      last = least;
    }
    return best;
  }

  private Rule fitted(Series series, long[] keys, long window) {
    long[] guesses = guesses(series, Long.MIN_VALUE, Long.MAX_VALUE);
    long[] lags = new long[guesses.length];
    int count = 0;
    int key = 0;
    for (long guess : guesses) {
      while (key + 1 < keys.length && keys[key + 1] <= guess) {
        key++;
      }
      if (key < keys.length && guess >= keys[key] && guess - keys[key] < LONGEST_LAG) {
        lags[count++] = guess - keys[key];
      }
    }
    Arrays.sort(lags, 0, count);
    Rule shifted = new Rule(least, most, count == 0 ? 0 : lags[count / 2], 0);
    Matching matching =
        Matching.of(shifted.guesses(series, Long.MIN_VALUE, Long.MAX_VALUE), keys, window);
    return new Rule(least, most, shifted.lag, matching.score());
  }

  /** Guesses when keys were pressed from {@code from} to {@code to}, ascending. */
  long[] guesses(Series series, long from, long to) {
    long[] guesses = new long[series.size()];
    int count = 0;
    for (int i = 0; i < series.size(); i++) {
      long time = series.time(i) - lag;
      boolean fits = series.amount(i) >= least && series.amount(i) <= most;
      boolean within = series.time(i) >= from && series.time(i) <= to;
      if (fits && within && (count == 0 || time - guesses[count - 1] > SAME_KEY)) {
        guesses[count++] = time;
      }
    }
    return Arrays.copyOf(guesses, count);
  }
}
