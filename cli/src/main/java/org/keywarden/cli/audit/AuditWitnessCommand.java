package org.keywarden.cli.audit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.witness.TrustPolicy;
import org.keywarden.audit.witness.WitnessClient;
import org.keywarden.audit.witness.Witnessing;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the log cosigned. */
@Command(
    name = "witness",
    description =
        "Have the log's newest checkpoint cosigned by witnesses, and keep their cosignatures beside"
            + " it; exits with 1 if too few cosigned. The broker may run.",
    mixinStandardHelpOptions = true)
final class AuditWitnessCommand implements Callable<Integer> {
  @Mixin private AuditLog log = new AuditLog();
  @Mixin private Output output = new Output();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Which witnesses, where, and how many are enough (default: keywarden/witnesses below"
              + " $XDG_CONFIG_HOME or ~/.config).")
  private @Nullable Path policy;

  @Override
  public Integer call() throws IOException {
    Path file = policy == null ? PolicyOfWitnesses.standard(System.getenv()) : policy;
    TrustPolicy trusted = PolicyOfWitnesses.read(file);
    var unused = log.files();
    try (WitnessClient client = new WitnessClient()) {
      Witnessing.Results results =
          new Witnessing(new DiskFiles(log.directory()), trusted, new Ed25519Check(), client::add)
              .run();
      if (output.json()) {
        output.printJson(json(results));
      } else {
        print(results);
      }
      return results.quorum() ? 0 : Exit.FAILED;
    }
  }

  private void print(Witnessing.Results results) {
    output.println("Checkpoint of " + results.checkpoint().size() + " entries:");
    for (Witnessing.Result each : results.each()) {
      String what =
          switch (each.outcome()) {
            case COSIGNED -> "cosigned at " + Instant.ofEpochSecond(each.time().orElseThrow());
            case FAILED -> "no cosignature: " + each.explanation();
            case CONTRADICTED -> "REFUSED: " + each.explanation();
          };
      output.println("  " + each.witness() + "  " + what);
    }
    output.println(
        results.quorum()
            ? "Enough for the policy; the cosignatures are kept beside the log."
            : "Not enough for the policy; cosignatures kept before stay as they are.");
  }

  private static String json(Witnessing.Results results) {
    JsonArray each = new JsonArray();
    for (Witnessing.Result result : results.each()) {
      JsonObject row = new JsonObject();
      row.addProperty("witness", result.witness());
      row.addProperty("outcome", result.outcome().name().toLowerCase(java.util.Locale.ROOT));
      result.time().ifPresent(time -> row.addProperty("time", time));
      row.addProperty("explanation", result.explanation());
      each.add(row);
    }
    JsonObject json = new JsonObject();
    json.addProperty("size", results.checkpoint().size());
    json.addProperty("quorum", results.quorum());
    json.add("witnesses", each);
    return json.toString();
  }
}
