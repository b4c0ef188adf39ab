package org.keywarden.cli.witness;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints a witness's public key. */
@Command(
    name = "key",
    description = "Print the witness's verifier key, for the policies of those who trust it.",
    mixinStandardHelpOptions = true)
final class WitnessKeyCommand implements Callable<Integer> {
  @Mixin private WitnessState state = new WitnessState();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    try (Ed25519Signer signer = state.signer()) {
      String key = signer.key().text();
      if (output.json()) {
        output.printJson(new JsonPrimitive(key).toString());
      } else {
        output.println(key);
      }
    }
    return 0;
  }
}
