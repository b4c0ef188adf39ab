package org.keywarden.cli.ime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.cli.console.Text;
import org.keywarden.proto.admin.v1.InputMethod;
import org.keywarden.proto.admin.v1.ListInputMethodsRequest;
import org.keywarden.proto.admin.v1.ListInputMethodsResponse;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.ListPluginsResponse;
import org.keywarden.proto.admin.v1.Plugin;
import org.keywarden.proto.admin.v1.PluginState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The input methods there are. */
@Command(
    name = "list",
    description = "The input methods: those enabled first, in the order of switching.",
    mixinStandardHelpOptions = true)
final class ImeListCommand implements Callable<Integer> {
  /** A component with more engines than these would fill the screen. */
  private static final int FEW = 8;

  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Option(names = "--all", description = "Those of components with many too.")
  private boolean all;

  @Option(names = "--ids", description = "Only their ids, one a line.")
  private boolean ids;

  @Override
  public Integer call() {
    ListInputMethodsResponse found =
        broker.ask(stub -> stub.listInputMethods(ListInputMethodsRequest.getDefaultInstance()));
    List<InputMethod> shown = all ? found.getInputMethodsList() : usual(found);
    if (ids) {
      shown.forEach(each -> output.println(each.getId()));
    } else if (output.json()) {
      output.print(found.toBuilder().clearInputMethods().addAllInputMethods(shown).build());
    } else {
      table(found, shown);
    }
    return 0;
  }

  /** What is enabled, and what belongs to a component with few engines. */
  private static List<InputMethod> usual(ListInputMethodsResponse found) {
    Map<String, Integer> siblings = new HashMap<>();
    found
        .getInputMethodsList()
        .forEach(each -> siblings.merge(each.getPluginId(), 1, Integer::sum));
    return found.getInputMethodsList().stream()
        .filter(each -> each.getEnabled() || siblings.getOrDefault(each.getPluginId(), 0) <= FEW)
        .toList();
  }

  private void table(ListInputMethodsResponse found, List<InputMethod> shown) {
    List<List<String>> rows = new ArrayList<>();
    for (InputMethod each : shown) {
      rows.add(
          List.of(
              each.getSelected() ? "*" : "",
              each.getId(),
              String.join(" ", each.getLanguagesList()),
              each.getName(),
              each.getLayout(),
              state(each),
              each.getProblem()));
    }
    found.getProblemsList().forEach(each -> rows.add(refused(each)));
    ListPluginsResponse plugins =
        broker.ask(stub -> stub.listPlugins(ListPluginsRequest.getDefaultInstance()));
    for (Plugin each : plugins.getPluginsList()) {
      if (each.getState() == PluginState.PLUGIN_STATE_REFUSED) {
        rows.add(refused(each.getProblem()));
      }
    }
    output.table(List.of("", "ID", "LANGUAGE", "NAME", "LAYOUT", "STATE", "PROBLEM"), rows);
    int more = found.getInputMethodsCount() - shown.size();
    if (more > 0) {
      output.println("and " + more + " more: keywarden ime list --all");
    }
  }

  private static List<String> refused(String problem) {
    return List.of("", "", "", "", "", "refused", problem);
  }

  private static String state(InputMethod method) {
    return switch (method.getState()) {
      case PLUGIN_STATE_UNSPECIFIED, UNRECOGNIZED ->
          method.getEnabled() ? "missing" : "not enabled";
      // It starts when it is needed.
      case PLUGIN_STATE_STOPPED -> method.getEnabled() ? "enabled" : "not enabled";
      case PLUGIN_STATE_STARTING,
          PLUGIN_STATE_READY,
          PLUGIN_STATE_REFUSED,
          PLUGIN_STATE_QUARANTINED ->
          Text.plain(method.getState(), "PLUGIN_STATE_");
    };
  }
}
