package org.keywarden.fleet;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.fleet.agent.AgentCommand;
import org.keywarden.fleet.alerts.AlertsCommand;
import org.keywarden.fleet.demo.FleetDemoCommand;
import org.keywarden.fleet.verify.VerifyCommand;
import org.keywarden.proto.text.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of {@code keywarden fleet}. */
@Command(
    name = "keywarden fleet",
    description = "Grant logs of many machines, shipped over Kafka and verified in one place.",
    version = "keywarden 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    subcommands = {
      AgentCommand.class,
      VerifyCommand.class,
      AlertsCommand.class,
      FleetDemoCommand.class
    })
public final class Main {
  /** As sysexits.h and the other commands have it. */
  private static final int USAGE = 64;

  /** Held on to, or the level would be forgotten. */
  private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // The agent and the verifier say themselves what failed.
    KAFKA.setLevel(Level.OFF);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          if (failure instanceof IOException unusable) {
            failed.getErr().println("keywarden: " + VisibleText.of(LogVerifier.explain(unusable)));
            return 1;
          }
          throw failure;
        });
    line.getCommandSpec().exitCodeOnInvalidInput(USAGE).exitCodeOnUsageHelp(0);
    line.getSubcommands()
        .values()
        .forEach(each -> each.getCommandSpec().exitCodeOnInvalidInput(USAGE));
    return line;
  }
}
