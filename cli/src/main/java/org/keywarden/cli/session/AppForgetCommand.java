package org.keywarden.cli.session;

import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Takes back what {@code app allow} allowed. */
@Command(
    name = "forget",
    description = "No longer let an input method compose in this program.",
    mixinStandardHelpOptions = true)
final class AppForgetCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "PROGRAM", description = "Its path, as 'keywarden app list' shows it.")
  private String program = "";

  @Override
  public Integer call() {
    return AppAllowCommand.set(broker, output, program, false);
  }
}
