package org.keywarden.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.audit.verify.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private Report report = new Report();

  @Override
  public Integer call() throws IOException {
    LogVerifier.Known given = known.read();
    LogSource files = log.files();
    Verdict verdict =
        new LogVerifier(files, new Ed25519Check(), ForkJoinPool.commonPool())
            .verify(given, progress(files));
    if (report.json()) {
      report.printJson(json(verdict));
    } else {
      print(verdict);
    }
    return verdict.holds() ? 0 : Main.FAILED;
  }

  private LongConsumer progress(LogSource files) {
    return report.json()
        ? done -> {}
        : Progress.on(Objects.requireNonNull(spec).commandLine(), files);
  }

  private void print(Verdict verdict) {
    report.println(
        verdict.holds()
            ? "The log holds: " + verdict.size() + " entries."
            : "The log does NOT hold.");
    section("Problems", verdict.problems());
    section("Proved", verdict.proved());
    section("Not proved", verdict.unproved());
  }

  private void section(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      report.println("");
      report.println(title + ":");
      lines.forEach(line -> report.println("  - " + line));
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
