package org.keywarden.cli.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.cli.console.Text;
import org.keywarden.proto.admin.v1.Grant;
import org.keywarden.proto.admin.v1.ListGrantsRequest;
import org.keywarden.proto.admin.v1.ListGrantsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The newest grants, oldest first. */
@Command(
    name = "grants",
    description = "The newest grants, oldest first.",
    mixinStandardHelpOptions = true)
public final class GrantsCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    ListGrantsResponse found =
        broker.ask(stub -> stub.listGrants(ListGrantsRequest.getDefaultInstance()));
    if (output.json()) {
      output.print(found);
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> header =
        List.of("GRANT", "PLUGIN", "APPLICATION", "RIGHTS", "RENEWALS", "ENDED BY");
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
                  : Text.plain(grant.getReason(), "REVOCATION_REASON_")));
    }
    output.table(header, rows);
    return 0;
  }
}
