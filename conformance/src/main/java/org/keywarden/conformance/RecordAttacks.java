package org.keywarden.conformance;

import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.proto.admin.v1.ReloadPolicyRequest;
import org.keywarden.proto.host.v1.Route;

/** Attacks on what is kept: on the disk for a year, in memory for who does not fetch it. */
final class RecordAttacks {
  private static final long KIB = 1024;
  private static final double MOST_KIB = 64;

  /** A young generation that had not been touched before, above all. */
  private static final double MOST_UNREAD_MIB = 16;

  private static final int CHOICES = 600;
  private static final int TEXTS = 6_000;
  private static final String LARGE = "x".repeat(4_096);

  private RecordAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G9",
            "growth of the log",
            "One program moves the focus as fast as it can, for seconds: at most 64 KiB of"
                + " records.",
            RecordAttacks::log),
        Attack.disrupting(
            "G9",
            "choices without end",
            "A program of the user's has the policy read anew 600 times: at most 64 KiB of"
                + " records.",
            RecordAttacks::choices),
        Attack.disrupting(
            "G9",
            "plugin that reads nothing",
            "A field reports 6,000 texts of 4 KiB while the puppet reads nothing: at most 16 MiB"
                + " more are resident.",
            RecordAttacks::unread));
  }

  /**
   * What stays. A partial tile (C2SP tlog-tiles) is a copy of entries made for one checkpoint, and
   * goes when its tile is full: with it the same records would be counted several times.
   */
  private static long kept(Fixture f) {
    try (Stream<Path> all = Files.walk(f.broker().state().resolve("log"))) {
      long bytes = 0;
      for (Path each : all.filter(RecordAttacks::stays).toList()) {
        bytes += Files.size(each);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean stays(Path file) {
    return Files.isRegularFile(file) && !file.toString().contains(".p/");
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

  private static Outcome choices(Fixture f) throws Unsettled {
    f.a().behave(true, "pass", "");
    long before = kept(f);
    int made = 0;
    for (int i = 0; i < CHOICES; i++) {
      try {
        var _ = f.broker().admin().reloadPolicy(ReloadPolicyRequest.getDefaultInstance());
        made++;
      } catch (StatusRuntimeException refused) {
        // The next may be let through.
        continue;
      }
    }
    f.live();
    return Outcome.of(made > 0, made + " choices of " + CHOICES)
        .and(Outcome.atMost("log grown by, KiB", MOST_KIB, (kept(f) - before) / (double) KIB))
        .and(f.stillServes());
  }

  private static Outcome unread(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    Outcome answers = application.awaitAnswers();
    Gauge gauge = new Gauge(f.broker());
    double before = gauge.resident();
    f.a().read(0, false);
    for (int i = 0; i < TEXTS; i++) {
      application.report(1, LARGE);
    }
    application.type(1, "b");
    answers = answers.and(application.awaitAnswers());
    double after = gauge.resident();
    application.blur(1);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers
        .and(Outcome.atMost("resident, MiB more", MOST_UNREAD_MIB, after - before))
        .and(f.stillServes());
  }
}
