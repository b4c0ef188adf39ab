package org.keywarden.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.Grant;
import org.keywarden.proto.admin.v1.ListGrantsRequest;
import org.keywarden.proto.admin.v1.ListGrantsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The newest grants, oldest first. */
@Command(
    name = "grants",
    description = "The newest grants, oldest first.",
    mixinStandardHelpOptions = true)
final class GrantsCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private PrintWriter out() {
    return java.util.Objects.requireNonNull(spec).commandLine().getOut();
  }

  @Override
  public Integer call() {
    ListGrantsResponse found =
        broker.ask(stub -> stub.listGrants(ListGrantsRequest.getDefaultInstance()));
    if (json) {
      Output.json(out(), found);
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("GRANT", "PLUGIN", "APPLICATION", "RIGHTS", "RENEWALS", "ENDED BY"));
    for (Grant grant : found.getGrantsList()) {
      rows.add(
          List.of(
              Long.toUnsignedString(grant.getGrant()),
              grant.getPluginId(),
              grant.getApplication(),
              Integer.toString(grant.getRightsCount()),
              Integer.toUnsignedString(grant.getRenewals()),
              grant.getClosedAt() == 0
                  ? "live"
                  : Output.plain(grant.getReason(), "REVOCATION_REASON_")));
    }
    Output.table(out(), rows);
    return 0;
  }
}
