package org.keywarden.cli.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Records that match filters. */
@Command(
    name = "query",
    description = "Records that match all filters, oldest first.",
    mixinStandardHelpOptions = true)
final class AuditQueryCommand implements Callable<Integer> {
  /** Rows of a table whose widths are found together. */
  private static final int PAGE = 1_000;

  @Mixin private AuditLog log = new AuditLog();
  @Mixin private Output output = new Output();
  @Mixin private AuditFilter filter = new AuditFilter();

  @Override
  public Integer call() throws IOException {
    filter.prepare(log);
    List<List<String>> rows = new ArrayList<>();
    log.visit(
        0,
        (index, record) -> {
          if (filter.wants(record)) {
            if (output.json()) {
              output.printJson(AuditRows.json(index, record));
            } else {
              rows.add(AuditRows.row(index, record));
            }
          }
          if (rows.size() == PAGE) {
            output.table(AuditRows.HEADER, rows);
            rows.clear();
          }
          return true;
        });
    if (!output.json()) {
      output.table(AuditRows.HEADER, rows);
    }
    return 0;
  }
}
