package org.keywarden.conformance.timing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The attacker. Three spells from the moment in {@link #BEGUN}: in the first, which ends at {@link
 * #LOOKED}, it looks for files that change with keys, in the second it learns from the best of them
 * and from gaps in busy loops, in the third it collects. It is told the keys of the first two when
 * each is over ({@link #KEYS}), as an input method knows the keys of plain fields; it writes what
 * it thinks of the third.
 */
public final class Attacker {
  /** Says when the first spell begins, in ns of {@link System#nanoTime}. */
  public static final String BEGUN = "begun";

  /**
   * Says when the first spell is over, likewise: on a busy machine a look at every file takes so
   * long that the time alone would leave too few to tell one file from another.
   */
  public static final String LOOKED = "looked";

  /** With 1 or 2 appended: what the attacker is told, one time a line. */
  public static final String KEYS = "keys";

  /** What it guesses, one time a line. */
  public static final String GUESSES = "guesses";

  /** What it saw and chose: files read, files that change, the series it guesses by. */
  public static final String REPORT = "report";

  /** How far a guess may be off, in ns. */
  public static final long WINDOW = Duration.ofMillis(10).toNanos();

  private static final long POLL = Duration.ofMillis(1).toNanos();
  private static final long PAUSE = Duration.ofMillis(5).toNanos();
  private static final long TO_SCAN = Duration.ofSeconds(20).toNanos();
  private static final long LONGEST_LOOK = Duration.ofSeconds(40).toNanos();
  private static final int LOOKS = 200;
  private static final int FILES = 8;
  private static final int NUMBERS = 4;

  private final Path state;
  private final List<Spinner> spinners;

  private Attacker(Path state) {
    this.state = state;
    this.spinners =
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
            .mapToObj(Spinner::new)
            .toList();
  }

  /**
   * @param arguments a directory for its files, then how long the spells are, in seconds; the first
   *     may be longer
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    long[] spells =
        Stream.of(arguments)
            .skip(1)
            .mapToLong(each -> Long.parseLong(each) * 1_000_000_000)
            .toArray();
    new Attacker(Path.of(arguments[0])).attack(spells);
    Thread.currentThread().join();
  }

  private void attack(long[] spells) throws IOException {
    List<Path> readable = Sources.readable();
    List<Source> changing = changing(readable);
    long first = System.nanoTime();
    write(BEGUN, List.of(Long.toString(first)));
    look(changing, first + spells[0], first + LONGEST_LOOK);
    long second = System.nanoTime();
    write(LOOKED, List.of(Long.toString(second)));
    List<Source> best = best(changing, told(1));
    collect(best, second + spells[1] + spells[2]);
    List<Series> all =
        Stream.concat(
                best.stream().flatMap(source -> source.series().stream()),
                spinners.stream().map(Spinner::gaps))
            .toList();
    guess(all, told(2), second + spells[1], readable.size(), changing.size());
  }

  private static void look(List<Source> sources, long atLeast, long atMost) {
    int looks = 0;
    while (System.nanoTime() < (looks < LOOKS ? atMost : atLeast)) {
      sources.forEach(Attacker::read);
      looks++;
    }
  }

  /** What changes between two looks. */
  private static List<Source> changing(List<Path> readable) {
    Numbers numbers = new Numbers();
    List<Source> all = readable.stream().map(path -> new Source(path, numbers)).toList();
    long end = System.nanoTime() + TO_SCAN;
    for (Source source : all) {
      if (System.nanoTime() < end) {
        boolean ignored = read(source);
      }
    }
    List<Source> changing = new ArrayList<>();
    end += TO_SCAN;
    for (Source source : all) {
      if (System.nanoTime() < end && read(source)) {
        changing.add(source);
      }
      source.forget();
    }
    return changing;
  }

  private static boolean read(Source source) {
    try {
      return source.read(System.nanoTime());
    } catch (IOException gone) {
      // The process it is about has ended.
      return false;
    }
  }

  /** The files whose numbers say most about keys. */
  private static List<Source> best(List<Source> changing, long[] keys) {
    record Ranked(Source source, double[] scores) {
      double best() {
        return Arrays.stream(scores).max().orElse(0);
      }

      int[] numbers() {
        return IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .limit(NUMBERS)
            .mapToInt(Integer::intValue)
            .toArray();
      }
    }
    List<Ranked> best =
        changing.stream()
            .map(source -> new Ranked(source, source.correlations(keys)))
            .sorted(Comparator.comparingDouble(Ranked::best).reversed())
            .limit(FILES)
            .toList();
    List<Source> open = new ArrayList<>();
    for (Ranked each : best) {
      try {
        each.source().keepOnly(each.numbers());
        open.add(each.source());
      } catch (IOException gone) {
        // The process it is about has ended.
        continue;
      }
    }
    return open;
  }

  /** Polls the files and spins in between; other threads only spin. */
  private void collect(List<Source> sources, long end) {
    for (Spinner spinner : spinners.subList(1, spinners.size())) {
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                spinner.resume();
                spinner.spin(end);
              });
    }
    Spinner own = spinners.getFirst();
    while (System.nanoTime() < end) {
      sources.forEach(Attacker::read);
      own.resume();
      own.spin(System.nanoTime() + POLL);
    }
  }

  private void guess(List<Series> all, long[] keys, long third, int readable, int changing)
      throws IOException {
    Series best = all.getLast();
    Rule rule = new Rule(Long.MAX_VALUE, Long.MAX_VALUE, 0, 0);
    for (Series series : all) {
      Rule learnt = Rule.learn(until(series, third), keys, WINDOW);
      if (learnt.score() > rule.score()) {
        rule = learnt;
        best = series;
      }
    }
    write(REPORT, List.of(Integer.toString(readable), Integer.toString(changing), best.name()));
    long[] guesses = rule.guesses(best, third, Long.MAX_VALUE);
    write(GUESSES, Arrays.stream(guesses).mapToObj(Long::toString).collect(Collectors.toList()));
  }

  private static Series until(Series series, long end) {
    Series early = new Series(series.name());
    for (int i = 0; i < series.size() && series.time(i) < end; i++) {
      early.add(series.time(i), series.amount(i));
    }
    return early;
  }

  private long[] told(int spell) throws IOException {
    Path file = state.resolve(KEYS + spell);
    while (!Files.exists(file)) {
      LockSupport.parkNanos(PAUSE);
    }
    return Files.readAllLines(file).stream().mapToLong(Long::parseLong).toArray();
  }

  private void write(String name, List<String> lines) throws IOException {
    Path draft = Files.write(state.resolve(name + ".new"), lines);
    Files.move(draft, state.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
