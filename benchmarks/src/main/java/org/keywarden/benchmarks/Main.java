package org.keywarden.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.benchmarks.live.LiveBenchmarks;
import org.keywarden.benchmarks.live.PluginStarts;
import org.keywarden.benchmarks.micro.MicroBenchmarks;
import org.keywarden.benchmarks.path.PathBenchmarks;
import org.keywarden.benchmarks.result.Conditions;
import org.keywarden.benchmarks.result.Results;
import org.keywarden.benchmarks.result.Row;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.hardening.JvmOptions;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures Keywarden and writes the figures down. Exit status: 0 measured, 1 something could not be
 * measured, 64 misused.
 */
@Command(
    name = "bench",
    description = {
      "Measures keys, tokens, focus changes and the start of the installed broker, and writes"
          + " <date>-bench.json and .md.",
      "Figures are of the machine as it is: leave it alone meanwhile (about seven minutes)."
    },
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  private static final int MISUSED = 64;
  private static final int PLUGIN_DEATHS = 20;

  @Option(
      names = "--quick",
      description = "A minute's worth: to see that it runs, not for figures to keep.")
  private boolean quick;

  @Option(names = "--json", description = "Print the results as JSON instead of tables.")
  private boolean json;

  @Option(
      names = "--only",
      paramLabel = "PART",
      description = {
        "Only this part: ${COMPLETION-CANDIDATES}.",
        "sandbox, which all leaves out, types through Keywarden with and without its sandbox.",
        "path, which all leaves out too, compares with ibus-daemon and fcitx5; it needs the Debian"
            + " packages dbus, ibus, ibus-m17n, fcitx5 and fcitx5-m17n."
      })
  private Part part = Part.ALL;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "benchmarks/results",
      description = "Where the results go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("benchmarks/results");

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Goes into the results, for conditions this program cannot see.")
  private List<String> notes = new ArrayList<>();

  /** What can be measured alone. */
  enum Part {
    ALL,
    MICRO,
    LIVE,
    PLUGINS,
    PATH,
    SANDBOX
  }

  private Main() {}

  /** Measures as the arguments say. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new Main());
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          System.err.println("keywarden bench: " + failure.getMessage());
          return 1;
        });
    command.getCommandSpec().exitCodeOnInvalidInput(MISUSED);
    return command;
  }

  @Override
  public Integer call() throws IOException, RunnerException, InterruptedException {
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.home"));
    List<String> flags = launch.jvm().read(JvmOptions.Program.BROKER);
    Conditions conditions =
        Conditions.now(
            LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).toString(), flags);
    LiveBenchmarks.Effort live =
        quick ? LiveBenchmarks.Effort.quick() : LiveBenchmarks.Effort.full();
    MicroBenchmarks.Effort micro =
        quick ? MicroBenchmarks.Effort.quick(flags) : MicroBenchmarks.Effort.full(flags);
    PathBenchmarks.Effort path =
        quick ? PathBenchmarks.Effort.quick() : PathBenchmarks.Effort.full();
    List<String> said = new ArrayList<>(notes);
    List<Row> rows = new ArrayList<>();
    if (part == Part.PATH || part == Part.SANDBOX) {
      PathBenchmarks.Field field =
          part == Part.PATH ? PathBenchmarks.Field.EVERYBODY : PathBenchmarks.Field.SANDBOX;
      rows.addAll(new PathBenchmarks(field, launch, path, Main::progress).run());
      said.add(path.toText());
    }
    if (part == Part.ALL || part == Part.LIVE) {
      rows.addAll(new LiveBenchmarks(launch, live, Main::progress).run());
      said.add(live.toText());
    }
    if (part == Part.ALL || part == Part.PLUGINS) {
      int deaths = quick ? 2 : PLUGIN_DEATHS;
      rows.addAll(new PluginStarts(launch, deaths, Main::progress).run());
      said.add(deaths + " deaths of a plugin, each in a fresh broker");
    }
    if (part == Part.ALL || part == Part.MICRO) {
      rows.addAll(MicroBenchmarks.run(micro, Main::progress));
      said.add(micro.toText());
    }
    Results results = new Results(name(), conditions.ended(), said, rows);
    System.out.print(json ? results.json() : results.markdown());
    progress("written to " + results.write(out));
    return 0;
  }

  /** What the results are called. */
  private String name() {
    return switch (part) {
      case PATH -> "path";
      case SANDBOX -> "sandbox";
      case ALL, MICRO, LIVE, PLUGINS -> "bench";
    };
  }

  private static void progress(String line) {
    System.err.println("keywarden bench: " + line);
  }
}
