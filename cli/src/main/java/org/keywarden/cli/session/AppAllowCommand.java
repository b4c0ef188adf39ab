package org.keywarden.cli.session;

import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.AllowApplicationRequest;
import org.keywarden.proto.admin.v1.AllowApplicationResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets an input method compose in a program that never says what its fields are for. */
@Command(
    name = "allow",
    description = {
      "Let an input method compose in this program, from its next focus on.",
      "The program does not say which of its fields are secret: the input method will see"
          + " passwords typed into it.",
      "ibus-x11 stands for every program that uses X's input method (xterm, Tk, Swing, Emacs):"
          + " what is typed into their password fields is composed like any text, so the password"
          + " may not be what you typed."
    },
    mixinStandardHelpOptions = true)
final class AppAllowCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "PROGRAM", description = "Its path, as 'keywarden app list' shows it.")
  private String program = "";

  @Override
  public Integer call() {
    AllowApplicationResponse done = set(broker, program, true);
    if (output.json()) {
      output.print(done);
    } else {
      output.println("allowed " + program);
      if (program.endsWith("/ibus-x11")) {
        output.println(
            "It stands for every program that uses X's input method. Passwords typed into them are"
                + " composed like any text; take it back with: keywarden app forget "
                + program);
      }
    }
    return 0;
  }

  static AllowApplicationResponse set(AdminClient broker, String program, boolean allowed) {
    requirePath(program);
    AllowApplicationResponse done =
        broker.ask(
            stub ->
                stub.allowApplication(
                    AllowApplicationRequest.newBuilder()
                        .setExecutable(program)
                        .setAllowed(allowed)
                        .build()));
    if (!done.getProblem().isEmpty()) {
      throw new Failure(Exit.UNAVAILABLE, done.getProblem());
    }
    return done;
  }

  static void requirePath(String program) {
    if (!program.startsWith("/")) {
      throw new Failure(
          Exit.USAGE, program + " is no path; 'keywarden app list' shows paths of programs");
    }
  }
}
