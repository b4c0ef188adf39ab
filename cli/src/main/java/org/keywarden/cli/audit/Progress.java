package org.keywarden.cli.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.LongConsumer;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.verify.LogReader;
import picocli.CommandLine;

/** A bar on a terminal, nothing elsewhere. */
public final class Progress implements LongConsumer {
  private static final int BAR = 30;

  private final PrintWriter err;
  private final long size;
  private boolean ended;

  private Progress(PrintWriter err, long size) {
    this.err = err;
    this.size = size;
  }

  /** Shows how many of a log's entries are done. */
  public static LongConsumer on(CommandLine line, LogSource files) {
    return line.getColorScheme().ansi().enabled()
        ? new Progress(line.getErr(), size(files))
        : done -> {};
  }

  /** The log may have grown since its size was asked for. */
  @Override
  public void accept(long done) {
    if (ended) {
      return;
    }
    ended = done >= size;
    int full = ended ? BAR : (int) (done * BAR / size);
    err.print("\r[" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + done + "/");
    err.print(Math.max(done, size) + (ended ? "\n" : ""));
    err.flush();
  }

  private static long size(LogSource files) {
    try {
      return new LogReader(files).checkpoint().size();
    } catch (IOException e) {
      return 0;
    }
  }
}
