package org.keywarden.benchmarks.live;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.keywarden.benchmarks.result.Row;
import org.keywarden.broker.plugin.sandbox.Isolation;
import org.keywarden.broker.plugin.sandbox.Processes;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.Purpose;

/** How long plugins take to start and to come back, and the sandbox's part in it. */
public final class PluginStarts {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long SETTLE = TimeUnit.SECONDS.toNanos(1);
  private static final String GROUP = "Plugins";

  private final BrokerLaunch launch;
  private final int samples;
  private final Consumer<String> progress;

  /**
   * @param samples deaths, each of a fresh broker's plugin, so that no delay of an earlier one
   *     counts; five times as many sandboxes
   */
  public PluginStarts(BrokerLaunch launch, int samples, Consumer<String> progress) {
    this.launch = launch;
    this.samples = samples;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @throws IOException if the broker does not start, or no sandbox can be built
   */
  public List<Row> run() throws IOException, InterruptedException {
    DoubleStream.Builder restarts = DoubleStream.builder();
    DoubleStream.Builder starts = DoubleStream.builder();
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    try {
      for (int i = 1; i <= samples; i++) {
        progress.accept("death " + i + " of " + samples);
        try (MeasuredBroker broker = MeasuredBroker.start(launch);
            Host host = new Host(loops, broker.hostSocket(), "compose")) {
          host.open(1);
          host.focus(1, Purpose.PURPOSE_FREE_FORM, Route.ROUTE_COMPOSING);
          host.rest(SETTLE);
          restarts.add(host.await(broker::killPlugin, Route.ROUTE_COMPOSING) / NANOS_PER_MILLI);
          starts.add(broker.pluginAgeMillis());
        }
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
    return Stream.concat(
            Stream.of(
                Row.of(
                    GROUP,
                    "kill -9 of the sample IME to its next live grant",
                    "ms",
                    "< 1000",
                    restarts.build().toArray()),
                Row.of(
                    GROUP,
                    "start of its sandbox to its live grant (steps of 10 ms)",
                    "ms",
                    "< 700",
                    starts.build().toArray())),
            sandboxes().stream())
        .toList();
  }

  private List<Row> sandboxes() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("kwb");
    ExecutorService starter = Executors.newSingleThreadExecutor();
    ExecutorService seat = Executors.newSingleThreadExecutor();
    try {
      int uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      Isolation found = Isolation.find(directory, uid, starter, seat);
      if (!(found instanceof Isolation.Possible possible)) {
        throw new IOException("no sandbox can be built here; keywarden doctor says why");
      }
      progress.accept("sandboxes");
      ProcessStarter plain = Processes.plain(starter, seat);
      DoubleStream.Builder inside = DoubleStream.builder();
      DoubleStream.Builder outside = DoubleStream.builder();
      for (int i = 0; i < 5 * samples; i++) {
        inside.add(time(possible.starter(), directory));
        outside.add(time(plain, directory));
      }
      return List.of(
          Row.of(
              GROUP, "'true' in a sandbox, start to end", "ms", "< 40", inside.build().toArray()),
          Row.of(GROUP, "'true' without one, start to end", "ms", "", outside.build().toArray()));
    } finally {
      starter.shutdownNow();
      seat.shutdownNow();
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  private static double time(ProcessStarter starter, Path directory) throws IOException {
    Path socket = directory.resolve("socket");
    if (!Files.exists(socket)) {
      Files.createFile(socket);
    }
    Confinement confinement =
        new Confinement(List.of(), null, socket, Confinement.Limits.DEFAULT, Set.of());
    CompletableFuture<Long> ended = new CompletableFuture<>();
    long start = System.nanoTime();
    ProcessStarter.Running running =
        starter.start(
            new Launch(
                "true",
                List.of("/usr/bin/true"),
                Map.of(),
                Path.of("/"),
                directory.resolve("log"),
                confinement),
            new ProcessStarter.Listener() {
              @Override
              public void started(ProcessStarter.Identity identity) {}

              @Override
              public void ended(String how) {
                ended.complete(System.nanoTime());
              }
            });
    long end = ended.orTimeout(10, TimeUnit.SECONDS).join();
    running.kill();
    return (end - start) / NANOS_PER_MILLI;
  }
}
