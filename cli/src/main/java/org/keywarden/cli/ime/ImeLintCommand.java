package org.keywarden.cli.ime;

import java.util.concurrent.Callable;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * What the sandbox would show and allow the input method in this directory, or why it is refused.
 */
@Command(
    name = "lint",
    description =
        "What the sandbox would show and allow the input method in this directory, or why it is refused.",
    mixinStandardHelpOptions = true)
final class ImeLintCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "DIR", description = "Its directory, with manifest.yaml in it.")
  private String which = "";

  @Override
  public Integer call() throws InterruptedException {
    return ImeFolder.ask(output, "lint", which);
  }
}
