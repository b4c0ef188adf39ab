package org.keywarden.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.audit.AuditCommand;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.conformance.ConformanceCommand;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Text;
import org.keywarden.cli.demo.DemoCommand;
import org.keywarden.cli.ime.ImeCommand;
import org.keywarden.cli.policy.PolicyCommand;
import org.keywarden.cli.session.AppCommand;
import org.keywarden.cli.session.DoctorCommand;
import org.keywarden.cli.session.GrantsCommand;
import org.keywarden.cli.session.RunCommand;
import org.keywarden.cli.session.StatusCommand;
import org.keywarden.cli.setup.SetupCommand;
import org.keywarden.cli.witness.WitnessCommand;
import org.keywarden.hardening.ProcessSeal;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** Entry point of the {@code keywarden} command. */
@Command(
    name = "keywarden",
    description = "Lets people keep the input method they like and takes the keylogger away.",
    version = "keywarden 0.1.0-SNAPSHOT",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "And in the source tree:",
      "  test         Every check there is; with --no-desktop, all that need no real",
      "                 applications; with --packages, the package in fresh systems.",
      "  package      Build the Debian package and a tarball.",
      "  bench        Measure this machine.",
      "  fleet        Grant logs of many machines, over Kafka: agent, verify, demo.",
      "  fuzz         Look for what nobody thought of: codec, wayland, door.",
      "  mutation     Break the code on purpose and say what no test notices.",
      "",
      "Every command of the first list says more with --help: keywarden run --help"
    },
    subcommands = {
      RunCommand.class,
      SetupCommand.class,
      StatusCommand.class,
      ImeCommand.class,
      AppCommand.class,
      GrantsCommand.class,
      AuditCommand.class,
      WitnessCommand.class,
      PolicyCommand.class,
      DemoCommand.class,
      DoctorCommand.class,
      ConformanceCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    })
public final class Main {
  /** The log's, that of application names, or a witness's. */
  private static final Set<String> WITH_PRIVATE_KEYS = Set.of("audit", "witness");

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    if (arguments.length > 0 && WITH_PRIVATE_KEYS.contains(arguments[0])) {
      seal();
    }
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    System.exit(commandLine(colour(terminal, System.getenv())).execute(arguments));
  }

  private static void seal() {
    try {
      ProcessSeal.ofThisProcess().apply();
    } catch (ProcessSeal.Unprotected e) {
      System.err.println("keywarden: " + e.getMessage());
      System.exit(Exit.UNPROTECTED);
    }
  }

  /** Whether to colour: only on a terminal and unless NO_COLOR says otherwise (no-color.org). */
  static boolean colour(boolean terminal, Map<String, String> environment) {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  static CommandLine commandLine(boolean colour) {
    CommandLine line = new CommandLine(new Main());
    line.setColorScheme(Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((misused, arguments) -> misused(misused));
    line.setExecutionExceptionHandler((failure, failed, parsed) -> explain(failure, failed));
    exitCodes(line);
    return line;
  }

  private static void exitCodes(CommandLine line) {
    line.getCommandSpec()
        .exitCodeOnInvalidInput(Exit.USAGE)
        .exitCodeOnExecutionException(Exit.DEFECT)
        .exitCodeOnUsageHelp(0);
    line.getSubcommands().values().forEach(Main::exitCodes);
  }

  private static int misused(ParameterException misused) {
    CommandLine line = misused.getCommandLine();
    say(line, misused.getMessage());
    line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
    return Exit.USAGE;
  }

  private static int explain(Exception failure, CommandLine line) throws Exception {
    return switch (failure) {
      case Failure known -> {
        say(line, known.getMessage());
        yield known.exitCode();
      }
      case StatusRuntimeException refused -> {
        say(line, sentence(refused));
        yield refused.getStatus().getCode() == Status.Code.UNAVAILABLE
            ? Exit.UNAVAILABLE
            : Exit.FAILED;
      }
      case FileSystemException file -> {
        say(line, sentence(file));
        yield file instanceof NoSuchFileException ? Exit.NO_INPUT : Exit.FAILED;
      }
      case IOException unusable -> {
        say(line, unusable.getMessage());
        yield Exit.FAILED;
      }
      default -> throw failure;
    };
  }

  /** The file system says only which file, for some errors. */
  private static @Nullable String sentence(FileSystemException file) {
    return switch (file) {
      case NoSuchFileException gone -> gone.getFile() + " is missing";
      case AccessDeniedException denied -> denied.getFile() + " may not be opened by this user";
      case NotDirectoryException no -> no.getFile() + " is no directory";
      default -> file.getMessage();
    };
  }

  private static @Nullable String sentence(StatusRuntimeException refused) {
    if (Refusals.reasonOf(refused).filter(Reason.REASON_SHUTTING_DOWN::equals).isPresent()) {
      return "the broker is stopping; start it again with: keywarden run";
    }
    Status status = refused.getStatus();
    return switch (status.getCode()) {
      case UNAVAILABLE -> "the broker is not running; start it with: keywarden run";
      case DEADLINE_EXCEEDED ->
          "the broker did not answer within " + AdminClient.CALL_SECONDS + " s";
      case UNIMPLEMENTED -> "the broker is of another version and does not know this command";
      default ->
          status.getDescription() == null
              ? "the broker refused: " + status.getCode()
              : status.getDescription();
    };
  }

  private static void say(CommandLine line, @Nullable String message) {
    PrintWriter err = line.getErr();
    err.println("keywarden: " + Text.visibleLines(String.valueOf(message)));
    err.flush();
  }
}
