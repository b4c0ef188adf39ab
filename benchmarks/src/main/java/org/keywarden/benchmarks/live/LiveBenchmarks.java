package org.keywarden.benchmarks.live;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.keywarden.benchmarks.result.Row;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.Purpose;

/** Runs the measurements of the installed product. */
public final class LiveBenchmarks {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Longer than the broker takes to forget that a plugin was just busy (its message budget). */
  private static final long REST = Duration.ofSeconds(2).toNanos();

  /** A person's fastest typing has 60 ms between keys; key events of one hand overlap at 5 ms. */
  private static final long HUMAN_GAP = Duration.ofMillis(5).toNanos();

  /** Between two focus changes: about the pace of a Tab key held down. */
  private static final long FOCUS_GAP = Duration.ofMillis(25).toNanos();

  private final BrokerLaunch launch;
  private final Effort effort;
  private final Consumer<String> progress;

  /**
   * How much to measure.
   *
   * @param starts brokers started for the figures of the start
   * @param rounds of each kind of keys, interleaved
   * @param warmup key events, or focus changes, before the first that counts, per kind
   * @param backToBack key events per round without gaps
   * @param spaced key events per round at gaps
   * @param focuses focus changes per round
   */
  public record Effort(
      int starts, int rounds, int warmup, int backToBack, int spaced, int focuses) {
    /** Enough for figures to be kept. */
    public static Effort full() {
      return new Effort(10, 5, 2_000, 2_000, 1_000, 100);
    }

    /** Enough to see that it runs. */
    public static Effort quick() {
      return new Effort(2, 2, 500, 500, 100, 10);
    }

    /** In words. */
    public String toText() {
      return "warm-up "
          + warmup
          + " key events per route, then "
          + rounds
          + " rounds, in each every route back to back ("
          + backToBack
          + " key events) and with 5 ms between answer and next event ("
          + spaced
          + "), and "
          + focuses
          + " focus changes of each kind; closed loop, one event under way at a time; "
          + starts
          + " starts";
    }
  }

  public LiveBenchmarks(BrokerLaunch launch, Effort effort, Consumer<String> progress) {
    this.launch = launch;
    this.effort = effort;
    this.progress = progress;
  }

  /**
   * Measures everything.
   *
   * @throws IOException if the broker does not start
   * @throws IllegalStateException if it leaves a key or focus change unanswered
   */
  public List<Row> run() throws IOException {
    List<Row> rows = new ArrayList<>();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      try (MeasuredBroker broker = MeasuredBroker.start(launch)) {
        rows.addAll(session(loops, broker));
      }
      rows.addAll(starts(loops));
    } finally {
      loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
    return rows;
  }

  private List<Row> session(EventLoopGroup loops, MeasuredBroker broker) throws IOException {
    try (KeyRounds composing =
            new KeyRounds(
                "composing with the sample IME",
                new Host(loops, broker.hostSocket(), "compose"),
                Purpose.PURPOSE_FREE_FORM,
                Route.ROUTE_COMPOSING);
        KeyRounds direct =
            new KeyRounds(
                "direct (nobody)",
                new Host(loops, broker.hostSocket(), "direct"),
                Purpose.PURPOSE_FREE_FORM,
                Route.ROUTE_DIRECT);
        KeyRounds guarded =
            new KeyRounds(
                "guarded (trusted keyboard)",
                new Host(loops, broker.hostSocket(), "guarded"),
                Purpose.PURPOSE_PASSWORD,
                Route.ROUTE_GUARDED);
        Host focusing = new Host(loops, broker.hostSocket(), "compose")) {
      List<KeyRounds> kinds = List.of(composing, direct, guarded);
      FocusRounds focus = new FocusRounds(focusing, FOCUS_GAP);
      progress.accept("warming up");
      for (KeyRounds kind : kinds) {
        kind.warmUp(effort.warmup(), REST);
      }
      focus.warmUp(Math.min(effort.warmup(), 2 * effort.focuses()));
      Consumption used = Consumption.of(broker);
      for (int round = 1; round <= effort.rounds(); round++) {
        progress.accept("round " + round + " of " + effort.rounds());
        for (KeyRounds kind : kinds) {
          kind.backToBack(effort.backToBack(), REST);
        }
        for (KeyRounds kind : kinds) {
          kind.spaced(effort.spaced(), HUMAN_GAP);
        }
        focus.round(effort.focuses());
      }
      List<Row> rows = new ArrayList<>();
      kinds.forEach(kind -> rows.addAll(kind.rows()));
      rows.addAll(focus.rows());
      rows.addAll(used.rowsUntil(broker, effort));
      return rows;
    }
  }

  private List<Row> starts(EventLoopGroup loops) throws IOException {
    DoubleStream.Builder ready = DoubleStream.builder();
    DoubleStream.Builder composed = DoubleStream.builder();
    DoubleStream.Builder brokerMemory = DoubleStream.builder();
    DoubleStream.Builder pluginMemory = DoubleStream.builder();
    for (int i = 1; i <= effort.starts(); i++) {
      progress.accept("start " + i + " of " + effort.starts());
      long start = System.nanoTime();
      try (MeasuredBroker broker = MeasuredBroker.start(launch);
          Host host = new Host(loops, broker.hostSocket(), "compose")) {
        host.open(1);
        host.focus(1, Purpose.PURPOSE_FREE_FORM, Route.ROUTE_COMPOSING);
        composed.add((System.nanoTime() - start) / NANOS_PER_MILLI);
        ready.add(broker.readyMillis());
        brokerMemory.add(broker.broker().residentMegabytes());
        pluginMemory.add(broker.plugin().residentMegabytes());
      }
    }
    String group = "Start";
    return List.of(
        Row.of(group, "process start to ready", "ms", "< 500", ready.build().toArray()),
        Row.of(
            group,
            "process start to the first live grant, plugin started too",
            "ms",
            "",
            composed.build().toArray()),
        Row.of(
            group,
            "broker's RSS at the first grant",
            "MB",
            "< 120",
            brokerMemory.build().toArray()),
        Row.of(
            group,
            "sample IME's RSS at the first grant",
            "MB",
            "< 80",
            pluginMemory.build().toArray()));
  }

  static double[] micros(double[] nanos) {
    return DoubleStream.of(nanos).map(each -> each / NANOS_PER_MICRO).toArray();
  }
}
