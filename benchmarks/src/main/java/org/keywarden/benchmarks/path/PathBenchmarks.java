package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.keywarden.benchmarks.live.Usage;
import org.keywarden.benchmarks.result.Row;
import org.keywarden.cli.broker.BrokerLaunch;

/** Types into every contender in turn, round after round, all of them running all the time. */
public final class PathBenchmarks {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double MICROS_PER_MILLI = 1e3;

  /** A person's fastest typing has 60 ms between keys; key events of one hand overlap at 5 ms. */
  private static final long HUMAN_GAP = Duration.ofMillis(5).toNanos();

  private final Field field;
  private final BrokerLaunch launch;
  private final Effort effort;
  private final Consumer<String> progress;

  /** Who is measured. */
  public enum Field {
    /** Keywarden beside ibus-daemon, fcitx5 and the bare hops. */
    EVERYBODY,
    /** Keywarden with and without its sandbox. */
    SANDBOX
  }

  /**
   * How much to measure.
   *
   * @param rounds each with every contender
   * @param warmup key events per contender before the first that counts
   * @param backToBack key events per round without gaps
   * @param spaced key events per round at gaps of 5 ms
   */
  public record Effort(int rounds, int warmup, int backToBack, int spaced) {
    /** Enough for figures to be kept. */
    public static Effort full() {
      return new Effort(10, 4_400, 2_200, 660);
    }

    /** Enough to see that it runs. */
    public static Effort quick() {
      return new Effort(2, 440, 440, 110);
    }

    /** In words. */
    public String toText() {
      return "whole path: one client, IBus's protocol, eleven keys composed and committed over and"
          + " over, presses and releases; warm-up "
          + warmup
          + " key events per contender, then "
          + rounds
          + " rounds, in each every contender back to back ("
          + backToBack
          + " key events), then at 5 ms gaps ("
          + spaced
          + "); all contenders run all the time; time from sending a key to its answer";
    }
  }

  /** */
  public PathBenchmarks(
      Field field, BrokerLaunch launch, Effort effort, Consumer<String> progress) {
    this.field = field;
    this.launch = launch;
    this.effort = effort;
    this.progress = progress;
  }

  private record Measured(
      Contender contender,
      Contender.Typing typing,
      DoubleStream.Builder close,
      DoubleStream.Builder apart) {}

  /**
   * Measures all of them.
   *
   * @throws IOException if one does not start or ends, or composes nothing; the message says which
   */
  public List<Row> run() throws IOException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      List<Measured> all = new ArrayList<>();
      for (Contender contender : contenders(opened)) {
        Contender.Typing typing = contender.typing();
        opened.push(typing);
        all.add(new Measured(contender, typing, DoubleStream.builder(), DoubleStream.builder()));
      }
      return measure(all);
    } finally {
      closeAll(opened);
    }
  }

  private List<Contender> contenders(Deque<AutoCloseable> opened) throws IOException {
    List<Contender> all = new ArrayList<>();
    if (field == Field.SANDBOX) {
      progress.accept("starting Keywarden with and without a sandbox");
      add(Keywarden.start(launch), all, opened);
      add(Keywarden.startUnconfined(launch), all, opened);
      return all;
    }
    progress.accept("starting Keywarden, ibus-daemon, fcitx5 and the bare hops");
    add(Keywarden.start(launch), all, opened);
    add(IbusDaemon.start(), all, opened);
    add(Fcitx5.start(), all, opened);
    add(
        BareHops.start(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path")),
        all,
        opened);
    return all;
  }

  private static void add(Contender started, List<Contender> all, Deque<AutoCloseable> opened) {
    all.add(started);
    opened.push(started);
  }

  private static void closeAll(Deque<AutoCloseable> opened) throws IOException {
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (IOException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private List<Row> measure(List<Measured> all) throws IOException {
    progress.accept("warming up");
    for (Measured each : all) {
      double[] ignored = each.typing().type(effort.warmup(), 0);
      if (each.typing().composed() < effort.warmup() / 4) {
        throw new IOException(each.contender().name() + " composes nothing");
      }
    }
    double[] before = new double[all.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = cpuMillis(all.get(i).contender());
    }
    for (int round = 1; round <= effort.rounds(); round++) {
      progress.accept("round " + round + " of " + effort.rounds());
      for (Measured each : all) {
        add(each.close(), each.typing().type(effort.backToBack(), 0));
      }
      for (Measured each : all) {
        add(each.apart(), each.typing().type(effort.spaced(), HUMAN_GAP));
      }
    }
    return rows(all, before);
  }

  private static void add(DoubleStream.Builder all, double[] nanos) {
    Arrays.stream(nanos).map(each -> each / NANOS_PER_MICRO).forEach(all::add);
  }

  private List<Row> rows(List<Measured> all, double[] before) throws IOException {
    List<Row> close = new ArrayList<>();
    List<Row> closePresses = new ArrayList<>();
    List<Row> apart = new ArrayList<>();
    List<Row> apartPresses = new ArrayList<>();
    List<Row> memory = new ArrayList<>();
    List<Row> time = new ArrayList<>();
    double keys = (double) effort.rounds() * (effort.backToBack() + effort.spaced());
    for (int i = 0; i < before.length; i++) {
      Contender contender = all.get(i).contender();
      double[] together = all.get(i).close().build().toArray();
      double[] spaced = all.get(i).apart().build().toArray();
      close.add(Row.of("Whole path, back to back", contender.name(), "us", "", together));
      apart.add(Row.of("Whole path, 5 ms gaps", contender.name(), "us", "", spaced));
      closePresses.add(
          Row.of(
              "Whole path, back to back, presses alone",
              contender.name(),
              "us",
              "",
              presses(together)));
      apartPresses.add(
          Row.of(
              "Whole path, 5 ms gaps, presses alone", contender.name(), "us", "", presses(spaced)));
      memory.add(
          Row.of(
              "Memory of all its processes after the rounds (PSS)",
              contender.name(),
              "MB",
              "",
              proportionalMegabytes(contender)));
      time.add(
          Row.of(
              "Processor time of all its processes per key event, idle time included",
              contender.name(),
              "us",
              "",
              (cpuMillis(contender) - before[i]) * MICROS_PER_MILLI / keys));
    }
    List<Row> rows = new ArrayList<>(close);
    rows.addAll(closePresses);
    rows.addAll(apart);
    rows.addAll(apartPresses);
    rows.addAll(time);
    rows.addAll(memory);
    return rows;
  }

  /** Every other event: rounds begin with a press and have as many releases. */
  private static double[] presses(double[] events) {
    double[] presses = new double[events.length / 2];
    Arrays.setAll(presses, i -> events[2 * i]);
    return presses;
  }

  /** Without those that have ended and wait for their parent to notice: they have no memory. */
  private static List<Long> running(Contender contender) throws IOException {
    List<Long> pids = new ArrayList<>();
    for (long pid : contender.processes()) {
      Path status = Path.of("/proc", Long.toString(pid), "status");
      if (Files.exists(status) && Files.readString(status).contains("VmRSS:")) {
        pids.add(pid);
      }
    }
    return pids;
  }

  private static double cpuMillis(Contender contender) throws IOException {
    double sum = 0;
    for (long pid : running(contender)) {
      sum += Usage.of(pid).cpuMillis();
    }
    return sum;
  }

  private static double proportionalMegabytes(Contender contender) throws IOException {
    double sum = 0;
    for (long pid : running(contender)) {
      sum += Usage.proportionalMegabytes(pid);
    }
    return sum;
  }
}
