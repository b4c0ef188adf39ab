package org.keywarden.cli.audit;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All records as JSON Lines. */
@Command(
    name = "export",
    description = "All records as JSON Lines: a record a line, with the index of its entry.",
    mixinStandardHelpOptions = true)
final class AuditExportCommand implements Callable<Integer> {
  @Mixin private AuditLog log = new AuditLog();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    log.visit(
        0,
        (index, record) -> {
          output.printJson(AuditRows.json(index, record));
          return true;
        });
    return 0;
  }
}
