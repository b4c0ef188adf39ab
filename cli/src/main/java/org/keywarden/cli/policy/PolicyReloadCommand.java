package org.keywarden.cli.policy;

import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
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
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    ReloadPolicyResponse done =
        broker.ask(stub -> stub.reloadPolicy(ReloadPolicyRequest.getDefaultInstance()));
    if (output.json()) {
      output.print(done);
    } else {
      output.println(
          "policy in force: " + HexFormat.of().formatHex(done.getPolicyDigest().toByteArray()));
    }
    return 0;
  }
}
