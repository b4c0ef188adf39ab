package org.keywarden.fleet.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.fleet.kafka.KafkaOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ships one log until it is stopped. */
@Command(
    name = "agent",
    description =
        "Ship the grant log of this machine to Kafka, in the foreground. Reads the log's files and"
            + " sends what they hold, nothing else.",
    mixinStandardHelpOptions = true)
public final class AgentCommand implements Callable<Integer> {
  private static final long SHORTEST_MILLIS = 10;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--log",
      paramLabel = "DIR",
      description = "The log's directory (default: ~/.local/state/keywarden/log).")
  private @Nullable Path log;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "How often to look for something new (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private double every;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Properties client = kafka.client();
    Path directory = log == null ? usual() : log;
    if (!Files.isDirectory(directory)) {
      throw new IOException(directory + " is no directory: give --log");
    }
    try (RunningAgent agent =
        RunningAgent.start(
            directory,
            client,
            kafka.topics(),
            Duration.ofMillis(Math.max(SHORTEST_MILLIS, (long) (every * 1_000))),
            this::say)) {
      Runtime.getRuntime().addShutdownHook(new Thread(agent::close));
      agent.await();
    }
    // It ends by itself only after an error of its own, which its thread has printed.
    return 1;
  }

  private void say(String line) {
    if (spec != null) {
      spec.commandLine().getErr().println("keywarden: " + line);
      spec.commandLine().getErr().flush();
    }
  }

  private static Path usual() {
    String state = System.getenv("XDG_STATE_HOME");
    Path home =
        state == null || state.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(state);
    return home.resolve("keywarden").resolve("log");
  }
}
