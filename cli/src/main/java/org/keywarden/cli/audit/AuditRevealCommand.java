package org.keywarden.cli.audit;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.audit.v1.Application;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.UserOverride;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Opens an application's commitment. */
@Command(
    name = "reveal",
    description =
        "Name the application of a grant. Whoever gets commitment, salt and name can check that"
            + " they belong together.",
    mixinStandardHelpOptions = true)
final class AuditRevealCommand implements Callable<Integer> {
  @Mixin private AuditLog log = new AuditLog();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ENTRY", description = "Index of an entry that names an application.")
  private long index;

  @Override
  public Integer call() throws IOException {
    ApplicationNames names = log.names();
    Application application = find();
    Optional<ApplicationNames.Opening> opened = names.open(application);
    if (opened.isEmpty()) {
      throw new Failure(
          Exit.FAILED, "entry " + index + " was not written with the key in this state directory");
    }
    JsonObject found = new JsonObject();
    found.addProperty("application", opened.get().id());
    found.addProperty("salt", HexFormat.of().formatHex(opened.get().salt()));
    found.addProperty(
        "commitment", HexFormat.of().formatHex(application.getCommitment().toByteArray()));
    if (output.json()) {
      output.printJson(found.toString());
    } else {
      found
          .entrySet()
          .forEach(field -> output.println(field.getKey() + ": " + field.getValue().getAsString()));
    }
    return 0;
  }

  private static Optional<Application> named(Record record) {
    if (record.hasGrantIssued()) {
      return Optional.of(record.getGrantIssued().getApplication());
    }
    UserOverride override = record.getUserOverride();
    return override.hasApplication()
        ? Optional.of(override.getApplication())
        : override.hasWithdrawn() ? Optional.of(override.getWithdrawn()) : Optional.empty();
  }

  private Application find() throws IOException {
    List<Application> found = new ArrayList<>();
    log.visit(
        index,
        (number, record) -> {
          if (number == index) {
            named(record).ifPresent(found::add);
          }
          return false;
        });
    if (found.isEmpty()) {
      throw new Failure(Exit.FAILED, "entry " + index + " names no application");
    }
    return found.getFirst();
  }
}
