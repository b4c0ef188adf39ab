package org.keywarden.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import org.keywarden.cli.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Entry point of the {@code keywarden} command. Exit codes are those of BSD's sysexits(3). */
@Command(
    name = "keywarden",
    description = "Lets people keep the input method they like and takes the keylogger away.",
    version = "keywarden 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    subcommands = {
      ImeCommand.class,
      StatusCommand.class,
      GrantsCommand.class,
      PolicyCommand.class,
      DemoCommand.class,
      HelpCommand.class
    })
public final class Main {
  static final int FAILED = 1;
  static final int USAGE = 64;
  static final int UNAVAILABLE = 69;

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.getCommandSpec().exitCodeOnInvalidInput(USAGE).exitCodeOnUsageHelp(0);
    line.getSubcommands().values().forEach(Main::usageCode);
    line.setExecutionExceptionHandler((failure, failed, parsed) -> explain(failure, failed));
    return line;
  }

  private static void usageCode(CommandLine line) {
    line.getCommandSpec().exitCodeOnInvalidInput(USAGE);
    line.getSubcommands().values().forEach(Main::usageCode);
  }

  private static int explain(Exception failure, CommandLine line) throws Exception {
    if (!(failure instanceof StatusRuntimeException refused)) {
      throw failure;
    }
    PrintWriter err = line.getErr();
    if (refused.getStatus().getCode() == Status.Code.UNAVAILABLE) {
      err.println("keywarden: the broker is not running; start it with: keywarden run");
      return UNAVAILABLE;
    }
    err.println("keywarden: " + refused.getStatus().getDescription());
    return FAILED;
  }
}
