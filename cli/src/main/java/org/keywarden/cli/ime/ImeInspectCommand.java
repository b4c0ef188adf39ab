package org.keywarden.cli.ime;

import java.util.concurrent.Callable;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the sandbox shows and allows an input method you added. */
@Command(
    name = "inspect",
    description = "What the sandbox shows and allows an input method you added.",
    mixinStandardHelpOptions = true)
final class ImeInspectCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = "Its id.")
  private String which = "";

  @Override
  public Integer call() throws InterruptedException {
    return ImeFolder.ask(output, "inspect", which);
  }
}
