package org.keywarden.cli;

import java.util.concurrent.Callable;
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
  @Mixin private Report report = new Report();

  @Parameters(paramLabel = "DIR", description = "Its directory, with manifest.yaml in it.")
  private String which = "";

  @Override
  public Integer call() throws InterruptedException {
    return ImeFolder.ask(report, "lint", which);
  }
}
