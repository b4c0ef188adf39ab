package org.keywarden.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.proto.audit.v1.Record;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The newest records. */
@Command(
    name = "tail",
    description = "The newest records, oldest first.",
    mixinStandardHelpOptions = true)
final class AuditTailCommand implements Callable<Integer> {
  @Mixin private AuditLog log = new AuditLog();
  @Mixin private Report report = new Report();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int count = 20;

  private record Numbered(long index, Record record) {}

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new Failure(Main.USAGE, "--lines is at least 1, not " + count);
    }
    Deque<Numbered> newest = new ArrayDeque<>();
    log.visit(
        Math.max(0, log.reader().checkpoint().size() - count),
        (index, record) -> {
          newest.addLast(new Numbered(index, record));
          if (newest.size() > count) {
            newest.removeFirst();
          }
          return true;
        });
    if (report.json()) {
      newest.forEach(each -> report.printJson(AuditRows.json(each.index(), each.record())));
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    newest.forEach(each -> rows.add(AuditRows.row(each.index(), each.record())));
    report.table(AuditRows.HEADER, rows);
    return 0;
  }
}
