package org.keywarden.cli.session;

import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.KeepOutOfApplicationRequest;
import org.keywarden.proto.admin.v1.KeepOutOfApplicationResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Keeps input methods out of a program. */
@Command(
    name = "never",
    description = {
      "Keep input methods out of this program, from its next focus on, whatever the policy says.",
      "Its ordinary fields are typed into without an input method; its passwords with the trusted"
          + " keyboard, as before."
    },
    mixinStandardHelpOptions = true)
final class AppNeverCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "PROGRAM", description = "Its path, as 'keywarden app list' shows it.")
  private String program = "";

  @Override
  public Integer call() {
    KeepOutOfApplicationResponse done = set(broker, program, true);
    if (output.json()) {
      output.print(done);
    } else {
      output.println("input methods are kept out of " + program);
    }
    return 0;
  }

  static KeepOutOfApplicationResponse set(AdminClient broker, String program, boolean keptOut) {
    AppAllowCommand.requirePath(program);
    KeepOutOfApplicationResponse done =
        broker.ask(
            stub ->
                stub.keepOutOfApplication(
                    KeepOutOfApplicationRequest.newBuilder()
                        .setExecutable(program)
                        .setKeptOut(keptOut)
                        .build()));
    if (!done.getProblem().isEmpty()) {
      throw new Failure(Exit.UNAVAILABLE, done.getProblem());
    }
    return done;
  }
}
