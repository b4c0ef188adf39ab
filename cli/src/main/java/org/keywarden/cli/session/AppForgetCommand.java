package org.keywarden.cli.session;

import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes back what {@code app allow} and {@code app never} said. */
@Command(
    name = "forget",
    description =
        "Take back what 'app allow' and 'app never' said of this program: the policy alone decides.",
    mixinStandardHelpOptions = true)
final class AppForgetCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "PROGRAM", description = "Its path, as 'keywarden app list' shows it.")
  private String program = "";

  @Override
  public Integer call() {
    AppAllowCommand.set(broker, program, false);
    AppNeverCommand.set(broker, program, false);
    if (!output.json()) {
      output.println("neither allowed nor kept out of any more: " + program);
    }
    return 0;
  }
}
