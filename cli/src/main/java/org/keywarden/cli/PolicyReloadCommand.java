package org.keywarden.cli;

import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.ReloadPolicyRequest;
import org.keywarden.proto.admin.v1.ReloadPolicyResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts the policy file in force. */
@Command(
    name = "reload",
    description = "Read the policy file anew.",
    mixinStandardHelpOptions = true)
final class PolicyReloadCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private PrintWriter out() {
    return java.util.Objects.requireNonNull(spec).commandLine().getOut();
  }

  @Override
  public Integer call() {
    ReloadPolicyResponse done =
        broker.ask(stub -> stub.reloadPolicy(ReloadPolicyRequest.getDefaultInstance()));
    if (json) {
      Output.json(out(), done);
    } else {
      out()
          .println(
              "policy in force: " + HexFormat.of().formatHex(done.getPolicyDigest().toByteArray()));
    }
    return 0;
  }
}
