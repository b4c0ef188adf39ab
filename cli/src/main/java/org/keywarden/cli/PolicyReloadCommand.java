package org.keywarden.cli;

import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.keywarden.proto.admin.v1.ReloadPolicyRequest;
import org.keywarden.proto.admin.v1.ReloadPolicyResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Puts the policy file in force. */
@Command(
    name = "reload",
    description = "Read the policy file anew.",
    mixinStandardHelpOptions = true)
final class PolicyReloadCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Report report = new Report();

  @Override
  public Integer call() {
    ReloadPolicyResponse done =
        broker.ask(stub -> stub.reloadPolicy(ReloadPolicyRequest.getDefaultInstance()));
    if (report.json()) {
      report.print(done);
    } else {
      report.println(
          "policy in force: " + HexFormat.of().formatHex(done.getPolicyDigest().toByteArray()));
    }
    return 0;
  }
}
