package org.keywarden.cli.ime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.cli.console.Text;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.ListPluginsResponse;
import org.keywarden.proto.admin.v1.Plugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The installed input methods. */
@Command(
    name = "list",
    description = "The installed input methods.",
    mixinStandardHelpOptions = true)
final class ImeListCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    ListPluginsResponse found =
        broker.ask(stub -> stub.listPlugins(ListPluginsRequest.getDefaultInstance()));
    if (output.json()) {
      output.print(found);
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> header = List.of("", "ID", "NAME", "VERSION", "STATE", "PROBLEM");
    for (Plugin plugin : found.getPluginsList()) {
      rows.add(
          List.of(
              plugin.getSelected() ? "*" : "",
              plugin.getId(),
              plugin.getName(),
              plugin.getVersion(),
              Text.plain(plugin.getState(), "PLUGIN_STATE_"),
              plugin.getProblem()));
    }
    output.table(header, rows);
    return 0;
  }
}
