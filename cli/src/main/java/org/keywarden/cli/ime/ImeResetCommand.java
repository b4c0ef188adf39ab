package org.keywarden.cli.ime;

import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Forgets what an engine has learnt, and its settings. */
@Command(
    name = "reset",
    description = "Forget what an engine has learnt, what was imported, and its settings.",
    mixinStandardHelpOptions = true)
final class ImeResetCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Consent consent = new Consent();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "ID",
      completionCandidates = ImeIds.class,
      description = "The engine's id.")
  private String id = "";

  @Override
  public Integer call() throws InterruptedException {
    KeptByEngine engine = new KeptByEngine(broker);
    String plugin = engine.ask("plugin", "data", id, List.of()).getFirst().getFirst();
    consent.require("forget what " + plugin + " has learnt, and its settings");
    List<List<String>> done =
        engine.whileDown(plugin, () -> engine.ask("plugin", "reset", id, List.of()));
    if (output.json()) {
      output.printJson("{\"reset\": \"" + done.getFirst().getFirst() + "\"}");
    } else {
      output.println(plugin + " has forgotten everything");
    }
    return 0;
  }
}
