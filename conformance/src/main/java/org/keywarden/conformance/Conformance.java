package org.keywarden.conformance;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the attacks against an installed broker. One run at a time on one thread. */
public final class Conformance implements AutoCloseable {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Path dist;
  private final Path work;
  private @org.jspecify.annotations.Nullable Broker broker;
  private int brokers;

  /**
   * @param dist the installation to attack: {@code broker/lib} and {@code conformance} below it
   * @param work an empty or new directory for what the run leaves
   */
  public Conformance(Path dist, Path work) {
    this.dist = dist.toAbsolutePath();
    this.work = work.toAbsolutePath();
  }

  /** Every attack there is, in the order they run. */
  public static List<Attack> catalogue() {
    return Stream.of(
            TokenAttacks.all(),
            StreamAttacks.all(),
            FocusAttacks.all(),
            InjectionAttacks.all(),
            AvailabilityAttacks.all(),
            WireAttacks.all())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Carries out every attack.
   *
   * @param progress told of each result as it comes
   */
  public static List<Result> run(Path dist, Path work, Consumer<Result> progress)
      throws IOException {
    List<Result> results = new ArrayList<>();
    try (Conformance conformance = new Conformance(dist, work)) {
      for (Attack attack : catalogue()) {
        Result result = conformance.run(attack);
        progress.accept(result);
        results.add(result);
      }
    }
    return results;
  }

  /** Carries out one attack, with a broker started if none fit for it runs. */
  public Result run(Attack attack) throws IOException {
    long start = System.nanoTime();
    Outcome outcome;
    try {
      Broker running = running();
      start = System.nanoTime();
      try (Fixture fixture = new Fixture(running)) {
        outcome = attack.trial().run(fixture);
      }
    } catch (Unsettled | RuntimeException failure) {
      outcome = Outcome.of(false, String.valueOf(failure.getMessage()));
    }
    if (attack.disrupts() || !outcome.passed()) {
      close();
    }
    return Result.of(attack, outcome, (System.nanoTime() - start) / NANOS_PER_MILLI);
  }

  private Broker running() throws IOException, Unsettled {
    Broker running = broker;
    if (running == null || !running.alive()) {
      brokers++;
      running =
          Broker.start(dist, Files.createDirectories(work.resolve(Integer.toString(brokers))));
      broker = running;
    }
    return running;
  }

  /** Stops the broker, if one runs. */
  @Override
  public void close() {
    Broker running = broker;
    broker = null;
    if (running != null) {
      running.close();
    }
  }

  /**
   * Prints one JSON object per attack; exit status 0 if all passed, 1 if not.
   *
   * @param arguments the installation and a directory for what the run leaves
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: Conformance DIST WORK");
      System.exit(64);
    }
    Gson gson = new Gson();
    List<Result> results =
        run(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            result -> System.out.println(gson.toJson(result)));
    System.exit(results.stream().allMatch(Result::passed) ? 0 : 1);
  }
}
