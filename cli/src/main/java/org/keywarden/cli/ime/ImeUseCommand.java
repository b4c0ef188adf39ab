package org.keywarden.cli.ime;

import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.admin.v1.SelectPluginResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes an input method the one that composes. */
@Command(
    name = "use",
    description = "Compose with this input method from now on.",
    mixinStandardHelpOptions = true)
final class ImeUseCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ID", description = "Its id, as 'keywarden ime list' shows it.")
  private String id = "";

  @Override
  public Integer call() {
    SelectPluginResponse done =
        broker.ask(
            stub -> stub.selectPlugin(SelectPluginRequest.newBuilder().setPluginId(id).build()));
    if (output.json()) {
      output.print(done);
    } else {
      output.println("composing with " + id);
    }
    return 0;
  }
}
