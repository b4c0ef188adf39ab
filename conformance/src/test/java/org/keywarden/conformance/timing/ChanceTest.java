package org.keywarden.conformance.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChanceTest {
  private static final long WINDOW = Attacker.WINDOW;
  private static final long TIME = Duration.ofSeconds(6).toNanos();
  private static final int TYPISTS = 400;

  /** Keys of somebody who types as the timing test's typist does. */
  private static long[] keys(Random random) {
    return keys(random, TIME);
  }

  private static long[] keys(Random random, long time) {
    return LongStream.iterate(0, key -> key < time, key -> key + gap(random)).skip(1).toArray();
  }

  private static long gap(Random random) {
    return Duration.ofMillis(50).toNanos()
        - (long) (Duration.ofMillis(120).toNanos() * Math.log(1 - random.nextDouble()));
  }

  private static boolean isBetter(long[] guesses, long[] keys) {
    Matching matching = Matching.of(guesses, keys, WINDOW);
    return matching.score() > chance(guesses, keys).best();
  }

  /** Between the first key and the last, as the test judges. */
  private static Chance chance(long[] guesses, long[] keys) {
    long begin = keys[0] - WINDOW;
    long end = keys[keys.length - 1] + WINDOW;
    long[] within = Arrays.stream(guesses).filter(g -> g >= begin && g <= end).toArray();
    return Chance.of(within, keys, begin, end, WINDOW);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 20})
  void whoeverGuessesEveryKeyIsBetterThanChance(int seconds) {
    Random random = new Random(1);
    for (int typist = 0; typist < TYPISTS; typist++) {
      long[] keys = keys(random, Duration.ofSeconds(seconds).toNanos());
      assertTrue(isBetter(keys, keys), () -> Arrays.toString(keys));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 6, 20})
  void soIsWhoeverGuessesThemLateOrEarlyWithinTheWindow(int seconds) {
    Random random = new Random(2);
    for (int typist = 0; typist < TYPISTS; typist++) {
      long[] keys = keys(random, Duration.ofSeconds(seconds).toNanos());
      long[] guesses =
          Arrays.stream(keys).map(key -> key + random.nextLong(-WINDOW, WINDOW + 1)).toArray();
      assertTrue(isBetter(guesses, keys), () -> Arrays.toString(keys));
    }
  }

  @Test
  void whoeverGuessesAnotherTypistsKeysSeldomIs() {
    Random random = new Random(3);
    long better =
        LongStream.range(0, TYPISTS).filter(i -> isBetter(keys(random), keys(random))).count();
    assertTrue(better > 0 && better < TYPISTS / 40, () -> better + " of " + TYPISTS);
  }

  @Test
  void whoeverGuessesNothingHasNoChance() {
    long[] keys = keys(new Random(4));
    assertEquals(new Chance(0, 0, 0), chance(new long[0], keys));
  }

  @Test
  void chanceIsWhatTheWindowsCover() {
    Random random = new Random(5);
    double recall = 0;
    for (int typist = 0; typist < TYPISTS; typist++) {
      long[] keys = keys(random);
      recall += chance(keys, keys).recall() / TYPISTS;
    }
    // 20 ms of the 170 between two keys.
    assertEquals(20.0 / 170, recall, 0.01);
  }

  @Test
  void aTimeTooShortToMoveAnythingInIsRefused() {
    long[] keys = {0, WINDOW};
    assertThrows(
        IllegalArgumentException.class, () -> Chance.of(keys, keys, -WINDOW, 2 * WINDOW, WINDOW));
  }
}
