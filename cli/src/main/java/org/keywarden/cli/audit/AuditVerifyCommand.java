package org.keywarden.cli.audit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.audit.verify.Verdict;
import org.keywarden.audit.witness.TrustPolicy;
import org.keywarden.audit.witness.Witnessed;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the log is whole. */
@Command(
    name = "verify",
    description =
        "Say whether the log is whole: signatures, tree, every entry, completeness; exits with 1"
            + " if not.",
    mixinStandardHelpOptions = true)
final class AuditVerifyCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private AuditLog log = new AuditLog();
  @Mixin private KnownLog known = new KnownLog();
  @Mixin private Output output = new Output();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "Require cosignatures of these witnesses (C2SP tlog-policy), kept by keywarden audit"
              + " witness; shows that the log goes on from what they saw.")
  private @Nullable Path policy;

  @Override
  public Integer call() throws IOException {
    LogVerifier.Known given = known.read();
    LogSource files = log.files();
    Verdict verdict = policy == null ? verify(files, given) : verifyWitnessed(files, given);
    if (output.json()) {
      output.printJson(json(verdict));
    } else {
      print(verdict);
    }
    return verdict.holds() ? 0 : Exit.FAILED;
  }

  private Verdict verify(LogSource files, LogVerifier.Known given) {
    return new LogVerifier(files, new Ed25519Check(), ForkJoinPool.commonPool())
        .verify(given, progress(files));
  }

  private Verdict verifyWitnessed(LogSource files, LogVerifier.Known given) throws IOException {
    if (given.earlier().isPresent()) {
      throw new Failure(Exit.USAGE, "give --checkpoint or --policy, not both");
    }
    TrustPolicy trusted = PolicyOfWitnesses.read(Objects.requireNonNull(policy));
    Witnessed witnessed =
        Witnessed.check(files, KeyHistory.read(files), trusted, new Ed25519Check());
    Verdict verdict = verify(files, new LogVerifier.Known(given.key(), witnessed.note()));
    return new Verdict(
        verdict.size(),
        verdict.minimum(),
        verdict.unsigned(),
        both(verdict.problems(), witnessed.problems()),
        both(verdict.proved(), witnessed.proved()),
        verdict.unproved());
  }

  private static List<String> both(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  private LongConsumer progress(LogSource files) {
    return output.json()
        ? done -> {}
        : Progress.on(Objects.requireNonNull(spec).commandLine(), files);
  }

  private void print(Verdict verdict) {
    output.println(
        verdict.holds()
            ? "The log holds: " + verdict.size() + " entries."
            : "The log does NOT hold.");
    section("Problems", verdict.problems());
    section("Proved", verdict.proved());
    section("Not proved", verdict.unproved());
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      output.println("");
      output.println(title + ":");
      lines.forEach(line -> output.println("  - " + line));
    }
  }

  private static String json(Verdict verdict) {
    JsonObject json = new JsonObject();
    json.addProperty("holds", verdict.holds());
    json.addProperty("size", verdict.size());
    json.addProperty("minimum", verdict.minimum());
    json.addProperty("unsigned", verdict.unsigned());
    json.add("problems", array(verdict.problems()));
    json.add("proved", array(verdict.proved()));
    json.add("notProved", array(verdict.unproved()));
    return json.toString();
  }

  private static JsonArray array(List<String> lines) {
    JsonArray array = new JsonArray();
    lines.forEach(array::add);
    return array;
  }
}
