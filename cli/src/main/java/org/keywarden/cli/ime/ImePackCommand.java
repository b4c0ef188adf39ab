package org.keywarden.cli.ime;

import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.broker.BrokerTool;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Make one signed file of an input method, to give away. */
@Command(
    name = "pack",
    description =
        "Make one signed file of an input method, to give away. Your key is made the first time.",
    mixinStandardHelpOptions = true)
final class ImePackCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "DIR", description = "Its directory, with manifest.yaml in it.")
  private String directory = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to make (default: ID-VERSION.ime).")
  private String file = "";

  @Option(
      names = "--publisher",
      paramLabel = "NAME",
      description = "What your key is called, when it is made (default: the input method's id).")
  private String publisher = "";

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "What it runs on: all, amd64 or arm64 (default: found out from its files).")
  private String architecture = "";

  @Override
  public Integer call() throws InterruptedException {
    return ImeFolder.print(
        output,
        "pack",
        BrokerTool.ask(
            BrokerLaunch.below(System.getProperty("keywarden.home")),
            List.of("pack", directory, file, publisher, architecture)));
  }
}
