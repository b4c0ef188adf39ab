package org.keywarden.cli.audit;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
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
  /** Records printed together while following. */
  private static final int PAGE = 1_000;

  @Mixin private AuditLog log = new AuditLog();
  @Mixin private Output output = new Output();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int count = 20;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is recorded from now on, until interrupted.")
  private boolean follow;

  private record Numbered(long index, Record record) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (count < 1) {
      throw new Failure(Exit.USAGE, "--lines is at least 1, not " + count);
    }
    var unused = log.files();
    try (WatchService changes = FileSystems.getDefault().newWatchService()) {
      if (follow) {
        // Before the first look, so that nothing falls between the two.
        log.directory().register(changes, ENTRY_CREATE, ENTRY_MODIFY);
      }
      long next = print(AuditRows.HEADER, newest());
      while (follow) {
        WatchKey change = changes.take();
        change.pollEvents();
        next = more(next);
        if (!change.reset()) {
          throw new Failure(Exit.NO_INPUT, log.directory() + " is gone");
        }
      }
    }
    return 0;
  }

  private Deque<Numbered> newest() throws IOException {
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
    return newest;
  }

  /** Prints what came since; returns the index of the next. */
  private long more(long from) throws IOException {
    long next = from;
    boolean whole = false;
    while (!whole) {
      List<Numbered> page = new ArrayList<>();
      log.visit(
          next,
          (index, record) -> {
            page.add(new Numbered(index, record));
            return page.size() < PAGE;
          });
      whole = page.size() < PAGE;
      next = page.isEmpty() ? next : print(List.of(), page);
    }
    return next;
  }

  private long print(List<String> header, Collection<Numbered> records) {
    long next = 0;
    List<List<String>> rows = new ArrayList<>();
    for (Numbered each : records) {
      next = each.index() + 1;
      if (output.json()) {
        output.printJson(AuditRows.json(each.index(), each.record()));
      } else {
        rows.add(AuditRows.row(each.index(), each.record()));
      }
    }
    if (!output.json()) {
      output.table(header, rows);
    }
    return next;
  }
}
