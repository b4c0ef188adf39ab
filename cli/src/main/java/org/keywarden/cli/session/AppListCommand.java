package org.keywarden.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.Application;
import org.keywarden.proto.admin.v1.ListApplicationsRequest;
import org.keywarden.proto.admin.v1.ListApplicationsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The applications seen, and those the user said something of. */
@Command(
    name = "list",
    description =
        "The applications seen since the broker started, those you allowed and those you keep"
            + " input methods out of.",
    mixinStandardHelpOptions = true)
final class AppListCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    ListApplicationsResponse found =
        broker.ask(stub -> stub.listApplications(ListApplicationsRequest.getDefaultInstance()));
    if (output.json()) {
      output.print(found);
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    for (Application each : found.getApplicationsList()) {
      rows.add(
          List.of(
              each.getName().isEmpty() ? "(not seen)" : each.getName(),
              each.getExecutable().isEmpty() ? "(unknown)" : each.getExecutable(),
              each.getAnnounces() ? "yes" : "no",
              each.getKeptOut() ? "never" : each.getAllowed() ? "yes" : "no"));
    }
    output.table(List.of("NAME", "PROGRAM", "ANNOUNCES", "ALLOWED"), rows);
    return 0;
  }
}
