package org.keywarden.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.ListPluginsResponse;
import org.keywarden.proto.admin.v1.Plugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The installed input methods. */
@Command(
    name = "list",
    description = "The installed input methods.",
    mixinStandardHelpOptions = true)
final class ImeListCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private PrintWriter out() {
    return java.util.Objects.requireNonNull(spec).commandLine().getOut();
  }

  @Override
  public Integer call() {
    ListPluginsResponse found =
        broker.ask(stub -> stub.listPlugins(ListPluginsRequest.getDefaultInstance()));
    if (json) {
      Output.json(out(), found);
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "ID", "NAME", "VERSION", "STATE", "PROBLEM"));
    for (Plugin plugin : found.getPluginsList()) {
      rows.add(
          List.of(
              plugin.getSelected() ? "*" : "",
              plugin.getId(),
              plugin.getName(),
              plugin.getVersion(),
              Output.plain(plugin.getState(), "PLUGIN_STATE_"),
              plugin.getProblem()));
    }
    Output.table(out(), rows);
    return 0;
  }
}
