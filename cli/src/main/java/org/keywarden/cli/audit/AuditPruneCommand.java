package org.keywarden.cli.audit;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.keywarden.audit.log.OfflinePruning;
import org.keywarden.audit.log.Pruning;
import org.keywarden.audit.log.Retention;
import org.keywarden.audit.store.LogSource;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes old records. */
@Command(
    name = "prune",
    description =
        "Remove records older than so many days, by whole bundles of 256, and declare it in the log;"
            + " the broker, which does this by itself, must not run.",
    mixinStandardHelpOptions = true)
final class AuditPruneCommand implements Callable<Integer> {
  private static final long MILLIS = 1_000;

  @Mixin private AuditLog log = new AuditLog();
  @Mixin private Output output = new Output();

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      required = true,
      description = "Keep at least the records of the last so many days.")
  private int days;

  @Option(names = "--dry-run", description = "Say what would go, and change nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException {
    if (days < 0) {
      throw new Failure(Exit.USAGE, "--older-than is at least 0, not " + days);
    }
    Path state = log.ownedState();
    LogSource files = log.files();
    long now = System.currentTimeMillis() / MILLIS;
    long before = now - Duration.ofDays(days).toSeconds();
    long minimum = Pruning.minimum(files);
    long first = Retention.firstKept(files, before, Integer.MAX_VALUE);
    long kept = first <= minimum || dryRun ? minimum : OfflinePruning.prune(state, first, now);
    if (output.json()) {
      JsonObject json = new JsonObject();
      json.addProperty("minimum", kept);
      json.addProperty("removable", Math.max(first, minimum));
      output.printJson(json.toString());
    } else if (first <= minimum) {
      output.println("Nothing is older, or fills a bundle.");
    } else if (dryRun) {
      output.println("Entries " + minimum + " to " + (first - 1) + " would be removed.");
    } else {
      output.println("Entries are kept from " + kept + " on.");
    }
    return 0;
  }
}
