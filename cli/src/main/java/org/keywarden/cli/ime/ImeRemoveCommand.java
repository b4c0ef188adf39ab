package org.keywarden.cli.ime;

import java.util.concurrent.Callable;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Take out an input method you added; what it learnt stays. */
@Command(
    name = "remove",
    description = "Take out an input method you added; what it learnt stays.",
    mixinStandardHelpOptions = true)
final class ImeRemoveCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = "Its id.")
  private String which = "";

  @Override
  public Integer call() throws InterruptedException {
    return ImeFolder.ask(output, "remove", which);
  }
}
