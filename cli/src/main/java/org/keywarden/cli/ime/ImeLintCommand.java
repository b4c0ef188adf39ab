package org.keywarden.cli.ime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the sandbox would show and allow an input method, or why it is refused. */
@Command(
    name = "lint",
    description = "What the sandbox would show and allow an input method, or why it is refused.",
    mixinStandardHelpOptions = true)
final class ImeLintCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "DIR",
      completionCandidates = ImeIds.class,
      description = "Its directory, with manifest.yaml in it; or the id of an engine.")
  private String which = "";

  @Override
  public Integer call() throws InterruptedException {
    return which.contains("/") || Files.exists(Path.of(which))
        ? ImeFolder.ask(output, "lint", which)
        : ImeFolder.askOfEngine(output, which);
  }
}
