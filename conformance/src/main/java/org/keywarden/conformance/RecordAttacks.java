package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Attacks on what is kept: on the disk for a year, in memory for who does not fetch it. */
final class RecordAttacks {
  private static final long KIB = 1024;
  private static final double MOST_KIB = 128;

  private RecordAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G9",
            "growth of the log",
            "One program moves the focus as fast as it can, for seconds: at most 128 KiB of"
                + " records.",
            RecordAttacks::log));
  }

  private static long kept(Fixture f) {
    try (Stream<Path> all = Files.walk(f.broker().state().resolve("log"))) {
      long bytes = 0;
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(each);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome log(Fixture f) throws Unsettled {
    f.a().behave(true, "pass", "");
    long before = kept(f);
    long moves;
    try (StrangerProcess stranger = StrangerProcess.start(f, "refocus", f.broker().ibusSocket())) {
      Await.until("end of it", Await.PATIENCE, stranger::finished, () -> "it goes on");
      moves = stranger.gotAwayWith();
    }
    f.live();
    return Outcome.of(moves > 0, moves + " moves of the focus")
        .and(Outcome.atMost("log grown by, KiB", MOST_KIB, (kept(f) - before) / (double) KIB))
        .and(f.stillServes());
  }
}
