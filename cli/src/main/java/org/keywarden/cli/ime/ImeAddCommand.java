package org.keywarden.cli.ime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.broker.BrokerTool;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copy an input method in; the broker finds it at its next start. */
@Command(
    name = "add",
    description = "Copy an input method in; the broker finds it at its next start.",
    mixinStandardHelpOptions = true)
final class ImeAddCommand implements Callable<Integer> {
  @Mixin private Output output = new Output();
  @Mixin private Consent consent = new Consent();

  @Parameters(
      paramLabel = "DIR|FILE",
      description =
          "Its directory, with manifest.yaml in it; or a pack, as 'keywarden ime pack' makes it.")
  private String which = "";

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "The key that the pack must be signed with; needed once if the publisher has another"
              + " one than before.")
  private String key = "";

  @Option(names = "--older", description = "Take a pack in place of a newer version.")
  private boolean older;

  @Override
  public Integer call() throws InterruptedException {
    int status = Files.isRegularFile(Path.of(which)) ? pack() : ImeFolder.ask(output, "add", which);
    if (status == 0 && !output.json()) {
      output.println("The broker finds it at its next start; then: keywarden ime use ID");
    }
    return status;
  }

  /** What is shown is what is installed: the digest says so. */
  private int pack() throws InterruptedException {
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.home"));
    String allowed = older ? "older" : "";
    BrokerTool judged = BrokerTool.ask(launch, List.of("judge", which, "", key, allowed));
    if (judged.status() != 0 || !output.json()) {
      int status = ImeFolder.print(output, "judge", judged);
      if (status != 0) {
        return status;
      }
    }
    consent.require("install it");
    List<String> words = List.of("unpack", which, judged.value("sha256"), key, allowed);
    BrokerTool done = BrokerTool.ask(launch, words);
    return done.status() != 0 || output.json()
        ? ImeFolder.print(output, "unpack", done)
        : done.status();
  }
}
