package org.keywarden.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.conformance.TimingRun.Kind;
import org.keywarden.conformance.TimingRun.Outcome;

/**
 * Whether an attacker can tell when keys of a password are typed: without a sandbox it must, frozen
 * it must not; in between the table shows what is left.
 *
 * <p>Writes {@code target/timing.md}. {@code -Dkeywarden.timing=60} types a password for so many
 * seconds, {@code -Dkeywarden.seed} repeats the gaps between keys.
 */
final class TimingIT {
  private static final double PLAIN_SIGHT = 0.3;

  private final int seconds = Integer.getInteger("keywarden.timing", 6);
  private final long seed = Long.getLong("keywarden.seed", System.nanoTime());
  private final Path dist = Path.of(System.getProperty("keywarden.dist", "")).toAbsolutePath();

  @Test
  void whatAnAttackerKnowsOfTheMomentsOfKeys(@TempDir Path work) throws Exception {
    System.err.println("keywarden: " + seconds + " s each, seed " + seed);
    Map<Kind, Outcome> outcomes = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      Path own = Files.createDirectory(work.resolve(kind.name()));
      Outcome outcome = new TimingRun(dist, own, kind, seconds, seed).run();
      System.err.println(outcome.row(kind.words()));
      outcomes.put(kind, outcome);
    }
    write(outcomes);
    Outcome open = Objects.requireNonNull(outcomes.get(Kind.NO_SANDBOX));
    Outcome frozen = Objects.requireNonNull(outcomes.get(Kind.FROZEN));
    assertTrue(open.matching().recall() > PLAIN_SIGHT, () -> "the attacker is blind: " + open);
    assertTrue(open.betterThanChance(), () -> "luck would do: " + open);
    assertEquals(0, frozen.matching().guesses(), "guesses while frozen");
  }

  private void write(Map<Kind, Outcome> outcomes) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| attacker | files read | of them live | guesses by | keys | guesses | precision | recall"
            + " | precision by chance | recall by chance | better than chance |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|");
    outcomes.forEach((kind, outcome) -> lines.add(outcome.row(kind.words())));
    Path table = dist.resolveSibling("timing.md");
    Files.write(table, lines);
  }
}
