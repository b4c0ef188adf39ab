package org.keywarden.cli.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.policy.CompiledPolicy;
import org.keywarden.policy.PolicyException;
import org.keywarden.proto.yaml.YamlMessages;
import picocli.CommandLine.Parameters;

/** The policy a command examines. */
final class PolicyFile {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The policy (default: the built-in one).")
  private @Nullable Path file;

  /**
   * Reads it.
   *
   * @throws Failure if it cannot be read or used, with a line for each problem
   */
  CompiledPolicy read() {
    if (file == null) {
      return CompiledPolicy.standard();
    }
    try (InputStream in = Files.newInputStream(file)) {
      // One more than allowed is refused as too large; what never ends is not read to its end.
      return CompiledPolicy.compile(in.readNBytes(YamlMessages.MAX_BYTES + 1), file.toString());
    } catch (PolicyException invalid) {
      throw new Failure(Exit.CONFIGURATION, String.valueOf(invalid.getMessage()));
    } catch (IOException unreadable) {
      throw new Failure(Exit.NO_INPUT, "cannot read the policy: " + unreadable);
    }
  }

  /** What to call it. */
  String name() {
    return file == null ? "the built-in policy" : file.toString();
  }
}
