package org.keywarden.fleet.alerts;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.keywarden.fleet.kafka.KafkaOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints alerts for whatever collects them. */
@Command(
    name = "alerts",
    description =
        "Print the alerts, the oldest first of each log, as JSON Lines in OCSF's terms (Detection"
            + " Finding, 2004).",
    mixinStandardHelpOptions = true)
public final class AlertsCommand implements Callable<Integer> {
  private static final Duration MOMENT = Duration.ofSeconds(1);

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--follow", description = "Go on with those that come.")
  private boolean follow;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (AlertReader reader = new AlertReader(kafka.client(), kafka.topics())) {
      while (follow || reader.hasMore()) {
        reader.poll(MOMENT).forEach(alert -> out.println(OcsfFinding.line(alert)));
        out.flush();
      }
    }
    return 0;
  }
}
