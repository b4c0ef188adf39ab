package org.keywarden.benchmarks.micro;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.keywarden.benchmarks.result.Row;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks of this package. */
public final class MicroBenchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final Map<String, String> WHAT = what();
  private static final Map<String, String> TIME_TARGETS =
      Map.of("KeyBenchmark.gateEncodeAndAnswer", "< 5000");
  private static final Map<String, String> ALLOCATION_TARGETS =
      Map.of("KeyBenchmark.gateEncodeAndAnswer", "< 1024");

  private MicroBenchmarks() {}

  /**
   * How long to measure.
   *
   * @param forks JVMs per benchmark, 0 to stay in this one
   * @param flags of the forked JVMs
   */
  public record Effort(
      int forks, int warmups, int iterations, TimeValue iteration, List<String> flags) {
    /** Enough for figures to be kept. */
    public static Effort full(List<String> flags) {
      return new Effort(3, 5, 5, TimeValue.seconds(1), flags);
    }

    /** Enough to see that it runs. */
    public static Effort quick(List<String> flags) {
      return new Effort(1, 2, 2, TimeValue.milliseconds(500), flags);
    }

    /** In words. */
    public String toText() {
      return "JMH: "
          + forks
          + " forks, each "
          + warmups
          + " iterations of warm-up and "
          + iterations
          + " that count, of "
          + iteration
          + "; a sample is an iteration's mean";
    }
  }

  private static Map<String, String> what() {
    Map<String, String> what = new LinkedHashMap<>();
    what.put(
        "KeyBenchmark.gateEncodeAndAnswer",
        "key into seat, gate, encoded message, answer into seat, answer out");
    what.put("KeyBenchmark.encode", "of that, the encoded gRPC message");
    what.put("SchemaBenchmark.key", "schema check of a key from an application");
    what.put("SchemaBenchmark.answer", "schema check of an answer with preedit from an IME");
    what.put("TerminalBenchmark.hidden", "ask a terminal whether its echo is off");
    what.put("TokenBenchmark.mint", "mint a token");
    what.put("TokenBenchmark.verify", "verify a token");
    return what;
  }

  /** Returns two rows, time and allocation, for each benchmark. */
  public static List<Row> run(Effort effort, Consumer<String> progress) throws RunnerException {
    Map<String, RunResult> results = new LinkedHashMap<>();
    for (String name : WHAT.keySet()) {
      progress.accept("JMH " + name);
      for (RunResult result : new Runner(options(name, effort), silent()).run()) {
        results.put(name, result);
      }
    }
    List<Row> rows = new ArrayList<>();
    results.forEach((name, result) -> rows.addAll(rows(name, result)));
    return rows;
  }

  private static Options options(String name, Effort effort) {
    return new OptionsBuilder()
        .include(
            "^"
                + MicroBenchmarks.class.getPackageName().replace(".", "\\.")
                + "\\."
                + name.replace(".", "\\.")
                + "$")
        .forks(effort.forks())
        .warmupIterations(effort.warmups())
        .warmupTime(effort.iteration())
        .measurementIterations(effort.iterations())
        .measurementTime(effort.iteration())
        .addProfiler(GCProfiler.class)
        .jvmArgs(effort.flags().toArray(String[]::new))
        .shouldFailOnError(true)
        .build();
  }

  private static org.openjdk.jmh.runner.format.OutputFormat silent() {
    return OutputFormatFactory.createFormatInstance(
        new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
        VerboseMode.SILENT);
  }

  private static List<Row> rows(String name, RunResult result) {
    String what = WHAT.getOrDefault(name, name);
    double[] bytes =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .map(iteration -> iteration.getSecondaryResults().get(ALLOCATED))
            .filter(java.util.Objects::nonNull)
            .mapToDouble(Result::getScore)
            .toArray();
    return List.of(
        Row.of(
            "Inside the broker: time, per iteration of JMH",
            what,
            "ns",
            TIME_TARGETS.getOrDefault(name, ""),
            scores(result)),
        Row.of(
            "Inside the broker: allocation",
            what,
            "bytes",
            ALLOCATION_TARGETS.getOrDefault(name, ""),
            bytes));
  }

  private static double[] scores(RunResult result) {
    return result.getBenchmarkResults().stream()
        .map(fork -> fork.getIterationResults())
        .flatMap(Collection::stream)
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .toArray();
  }
}
