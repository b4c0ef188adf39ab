package org.keywarden.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.ime.ImeIds;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script that completes this command's words. */
@Command(
    name = "completion",
    description = "Print a completion script; use it with: source <(keywarden completion bash)",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell = Shell.bash;

  /** The shells there is a script for, named as they are. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Override
  public Integer call() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    CommandLine all = Objects.requireNonNull(line.getParent());
    String script = ImeIds.unquoted(AutoComplete.bash("keywarden", all));
    line.getOut()
        .print(
            switch (shell) {
              case bash -> script;
              // The script runs in zsh too, once zsh's emulation of bash's completion is there.
              case zsh ->
                  "autoload -U +X compinit && compinit\n"
                      + "autoload -U +X bashcompinit && bashcompinit\n"
                      + script;
              case fish -> FishCompletion.of(all);
            });
    line.getOut().flush();
    return 0;
  }
}
