package org.keywarden.cli.audit;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.verify.LogReader;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves one entry. */
@Command(
    name = "prove",
    description =
        "Print a proof (C2SP tlog-proof) that an entry is in the log, for someone without the log.",
    mixinStandardHelpOptions = true)
final class AuditProveCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private AuditLog log = new AuditLog();

  @Parameters(paramLabel = "ENTRY", description = "Index of the entry.")
  private long index;

  @Override
  public Integer call() throws IOException {
    LogReader reader = log.reader();
    long size = reader.checkpoint().size();
    if (index < 0 || index >= size) {
      throw new Failure(
          Exit.FAILED, "entry " + index + " is not under the checkpoint, which has " + size);
    }
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(reader.prove(index).encoded());
    out.flush();
    return 0;
  }
}
