package org.keywarden.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.sandbox.Isolation;
import org.keywarden.broker.plugin.sandbox.Processes;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.conformance.timing.Attacker;
import org.keywarden.conformance.timing.Chance;
import org.keywarden.conformance.timing.Matching;

/** An attacker in some surroundings beside a broker in whose password field somebody types. */
final class TimingRun {
  private static final int LOOK_SECONDS = 5;
  private static final int LEARN_SECONDS = 8;
  private static final String ID = "kit.timing";

  private final Path dist;
  private final Path work;
  private final Kind kind;
  private final int seconds;
  private final Random random;
  private volatile String ended = "";

  /** Where the attacker is. */
  enum Kind {
    NO_SANDBOX("no sandbox"),
    NO_INTERRUPT("no sandbox, keys without an interrupt"),
    MASKED("sandbox, /proc masked"),
    OWN_PROCESSES("sandbox, /proc of own processes only"),
    FROZEN("as a plugin: the same, and frozen");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * @param report as {@link Attacker#REPORT}
   */
  record Outcome(List<String> report, Matching matching, Chance chance) {
    boolean betterThanChance() {
      return matching.score() > chance.best();
    }

    String row(String words) {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %s | %s | %d | %d | %.2f | %.2f | %.2f | %.2f | %s |",
          words,
          report.get(0),
          report.get(1),
          report.get(2),
          matching.keys(),
          matching.guesses(),
          matching.precision(),
          matching.recall(),
          chance.precision(),
          chance.recall(),
          betterThanChance() ? "yes" : "no");
    }

    @Override
    public String toString() {
      return row("") + " chance at best " + chance.best();
    }
  }

  /**
   * @param work an empty directory
   * @param seconds to type the password
   */
  TimingRun(Path dist, Path work, Kind kind, int seconds, long seed) {
    this.dist = dist;
    this.work = work;
    this.kind = kind;
    this.seconds = seconds;
    this.random = new Random(seed);
  }

  Outcome run() throws Exception {
    Path state =
        kind == Kind.FROZEN ? work.resolve("state/plugins").resolve(ID) : work.resolve("attacker");
    Files.createDirectories(state);
    if (kind == Kind.FROZEN) {
      TimingFolder.make(dist, work.resolve("plugins").resolve(ID), ID, spells());
    }
    ExecutorService starter = Executors.newSingleThreadExecutor();
    ExecutorService seat = Executors.newSingleThreadExecutor();
    try (Broker broker = Broker.start(dist, work);
        Typist typist = new Typist(broker, random, kind != Kind.NO_INTERRUPT)) {
      ProcessStarter.Running attacker =
          kind == Kind.FROZEN ? null : start(starter(starter, seat), state);
      try {
        return type(typist, state);
      } finally {
        if (attacker != null) {
          seat.submit(attacker::kill).get();
        }
      }
    } finally {
      starter.shutdown();
      seat.shutdown();
    }
  }

  private Outcome type(Typist typist, Path state) throws IOException, Unsettled {
    // An attacker that is stopped in password fields learns from what it sees in others.
    typist.focus(kind != Kind.FROZEN);
    long first = typeUntil(typist, state.resolve(Attacker.BEGUN));
    long second = typeUntil(typist, state.resolve(Attacker.LOOKED));
    long third = second + LEARN_SECONDS * 1_000_000_000L;
    long end = third + seconds * 1_000_000_000L;
    tell(state, 1, typist.keys(first, second));
    typist.typeUntil(() -> System.nanoTime() > third);
    tell(state, 2, typist.keys(second, third));
    typist.focus(true);
    long entered = System.nanoTime();
    typist.typeUntil(() -> System.nanoTime() > end);
    long[] keys = typist.keys(entered, System.nanoTime());
    // When the field is entered and left, everyone is told: only what is between counts.
    long begin = keys[0] - Attacker.WINDOW;
    long over = keys[keys.length - 1] + Attacker.WINDOW;
    typist.leave();
    Await.until(
        "guesses",
        java.time.Duration.ofSeconds(60),
        () -> Files.exists(state.resolve(Attacker.GUESSES)) || !ended.isEmpty(),
        () -> "none");
    if (!ended.isEmpty()) {
      throw new Unsettled("the attacker " + ended);
    }
    long[] guesses =
        Files.readAllLines(state.resolve(Attacker.GUESSES)).stream()
            .mapToLong(Long::parseLong)
            .filter(guess -> guess >= begin && guess <= over)
            .toArray();
    List<String> report = Files.readAllLines(state.resolve(Attacker.REPORT));
    return new Outcome(
        report,
        Matching.of(guesses, keys, Attacker.WINDOW),
        Chance.of(guesses, keys, begin, over, Attacker.WINDOW));
  }

  /** Types until the attacker has written a moment into a file; returns that. */
  private long typeUntil(Typist typist, Path file) throws IOException, Unsettled {
    typist.typeUntil(() -> Files.exists(file) || !ended.isEmpty());
    if (!ended.isEmpty()) {
      throw new Unsettled("the attacker " + ended);
    }
    return Long.parseLong(Files.readAllLines(file).getFirst());
  }

  private static void tell(Path state, int spell, long[] keys) throws IOException {
    Path draft = state.resolve("draft");
    Files.write(draft, Arrays.stream(keys).mapToObj(Long::toString).collect(Collectors.toList()));
    Files.move(draft, state.resolve(Attacker.KEYS + spell));
  }

  private List<String> spells() {
    return Stream.of(LOOK_SECONDS, LEARN_SECONDS, seconds).map(String::valueOf).toList();
  }

  private ProcessStarter starter(ExecutorService starter, ExecutorService seat) throws Exception {
    Path files = Files.createDirectory(work.resolve("files"));
    int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    Isolation isolation =
        switch (kind) {
          case NO_SANDBOX, NO_INTERRUPT, FROZEN -> null;
          case MASKED -> Isolation.masked(files, uid, starter, seat);
          case OWN_PROCESSES -> Isolation.find(files, uid, starter, seat);
        };
    return isolation == null
        ? Processes.plain(starter, seat)
        : ((Isolation.Possible) isolation).starter();
  }

  private ProcessStarter.Running start(ProcessStarter starter, Path state) throws IOException {
    Path java = Path.of(System.getProperty("java.home")).toRealPath();
    Path library = TimingFolder.library(dist, work.resolve("library"));
    List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
    command.addAll(TimingFolder.words(library.toString(), state.toString(), spells()));
    return starter.start(
        new Launch(
            "attacker",
            command,
            Map.of("LANG", "C.UTF-8"),
            state,
            work.resolve("attacker.log"),
            new Confinement(
                List.of(java, library),
                state,
                Files.createFile(work.resolve("socket")),
                Confinement.Limits.DEFAULT,
                Set.of())),
        new ProcessStarter.Listener() {
          @Override
          public void started(ProcessStarter.Identity identity) {}

          @Override
          public void ended(String how) {
            ended = how;
          }
        });
  }
}
