package org.keywarden.cli.ime;

import java.util.concurrent.Callable;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Copy an input method in; the broker finds it at its next start. */
@Command(
    name = "add",
    description = "Copy an input method in; the broker finds it at its next start.",
    mixinStandardHelpOptions = true)
final class ImeAddCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "DIR", description = "Its directory, with manifest.yaml in it.")
  private String which = "";

  @Override
  public Integer call() throws InterruptedException {
    int status = ImeFolder.ask(output, "add", which);
    if (status == 0 && !output.json()) {
      output.println("The broker finds it at its next start; then: keywarden ime use ID");
    }
    return status;
  }
}
