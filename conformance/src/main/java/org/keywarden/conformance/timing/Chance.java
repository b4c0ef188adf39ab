package org.keywarden.conformance.timing;

import java.util.Arrays;

/**
 * What the same guesses would be worth if they had nothing to do with the keys: moved in time, all
 * by as much, around the end. Their number and rhythm stay.
 *
 * @param precision mean of all moves
 * @param recall mean of all moves
 * @param best the score that one in a hundred moves exceeds
 */
public record Chance(double precision, double recall, double best) {
  private static final int MOVES = 400;
  private static final int BETTER_ONES = MOVES / 100;

  /**
   * Tries moves evenly spread over the whole time, without those so short that a guess may still
   * meet the key it was made for.
   *
   * @param guesses in ns, from {@code begin} to {@code end}
   * @param keys ascending, in ns
   * @param window as in {@link Matching#of}
   */
  public static Chance of(long[] guesses, long[] keys, long begin, long end, long window) {
    long time = end - begin;
    long shortest = 2 * window + 1;
    long longest = time - shortest;
    if (longest <= shortest) {
      throw new IllegalArgumentException("too short a time to move guesses in");
    }
    double precision = 0;
    double recall = 0;
    double[] scores = new double[MOVES];
    for (int i = 0; i < MOVES; i++) {
      long move = shortest + (long) ((double) (longest - shortest) * i / (MOVES - 1));
      long[] moved =
          Arrays.stream(guesses)
              .map(guess -> begin + (guess - begin + move) % time)
              .sorted()
              .toArray();
      Matching matching = Matching.of(moved, keys, window);
      precision += matching.precision() / MOVES;
      recall += matching.recall() / MOVES;
      scores[i] = matching.score();
    }
    Arrays.sort(scores);
    return new Chance(precision, recall, scores[MOVES - 1 - BETTER_ONES]);
  }
}
