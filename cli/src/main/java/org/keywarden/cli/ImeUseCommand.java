package org.keywarden.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.admin.v1.SelectPluginResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an input method the one that composes. */
@Command(
    name = "use",
    description = "Compose with this input method from now on.",
    mixinStandardHelpOptions = true)
final class ImeUseCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private PrintWriter out() {
    return java.util.Objects.requireNonNull(spec).commandLine().getOut();
  }

  @Parameters(paramLabel = "ID", description = "Its id, as 'keywarden ime list' shows it.")
  private String id = "";

  @Override
  public Integer call() {
    SelectPluginResponse done =
        broker.ask(
            stub -> stub.selectPlugin(SelectPluginRequest.newBuilder().setPluginId(id).build()));
    if (json) {
      Output.json(out(), done);
    } else {
      out().println("composing with " + id);
    }
    return 0;
  }
}
