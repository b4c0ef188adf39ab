package org.keywarden.cli.policy;

import com.google.gson.JsonObject;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether a policy can be used. */
@Command(
    name = "check",
    description = "Say whether a policy can be used; exits with 78 if not.",
    mixinStandardHelpOptions = true)
final class PolicyCheckCommand implements Callable<Integer> {
  @Mixin private PolicyFile policy = new PolicyFile();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    String digest = HexFormat.of().formatHex(policy.read().digest());
    if (output.json()) {
      JsonObject found = new JsonObject();
      found.addProperty("policy", policy.name());
      found.addProperty("digest", digest);
      output.printJson(found.toString());
    } else {
      output.println(policy.name() + " can be used (SHA-256 " + digest + ")");
    }
    return 0;
  }
}
