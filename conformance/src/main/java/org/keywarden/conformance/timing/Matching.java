package org.keywarden.conformance.timing;

/**
 * How well guesses meet keys: each guess counts for one key at most, and each key for one guess.
 *
 * @param hits guesses within the window of a key of their own
 */
public record Matching(int hits, int guesses, int keys) {
  /**
   * Matches.
   *
   * @param guesses ascending, in ns
   * @param keys ascending, in ns
   * @param window how far a guess may be off, in ns
   */
  public static Matching of(long[] guesses, long[] keys, long window) {
    int hits = 0;
    int key = 0;
    for (long guess : guesses) {
      while (key < keys.length && keys[key] < guess - window) {
        key++;
      }
      if (key < keys.length && keys[key] <= guess + window) {
        hits++;
        key++;
      }
    }
    return new Matching(hits, guesses.length, keys.length);
  }

  /** Which part of the guesses is right; 0 if there are none. */
  public double precision() {
    return guesses == 0 ? 0 : (double) hits / guesses;
  }

  /** Which part of the keys was guessed; 0 if there are none. */
  public double recall() {
    return keys == 0 ? 0 : (double) hits / keys;
  }

  /** The harmonic mean of both. */
  public double score() {
    return hits == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
  }
}
