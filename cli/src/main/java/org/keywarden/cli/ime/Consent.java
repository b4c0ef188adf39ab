package org.keywarden.cli.ime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks before what cannot be undone. */
final class Consent {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(names = "--yes", description = "Do not ask.")
  private boolean given;

  /**
   * Asks on standard error, so that what is printed stays as it is.
   *
   * @throws Failure unless the answer is yes, or {@code --yes} was given
   */
  void require(String what) {
    if (given) {
      return;
    }
    var err = Objects.requireNonNull(spec).commandLine().getErr();
    err.print(what + "? [y/N] ");
    err.flush();
    String answer;
    try {
      answer =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    } catch (IOException e) {
      answer = null;
    }
    if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new Failure(Exit.FAILED, "nothing was done; --yes says it without being asked");
    }
  }
}
