package org.keywarden.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.LongConsumer;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.verify.LogReader;
import picocli.CommandLine;

/** A bar on a terminal, nothing elsewhere. */
final class Progress {
  private static final int BAR = 30;

  private Progress() {}

  /** Shows how many of a log's entries are done. */
  static LongConsumer on(CommandLine line, LogSource files) {
    if (!line.getColorScheme().ansi().enabled()) {
      return done -> {};
    }
    PrintWriter err = line.getErr();
    long size = size(files);
    return done -> {
      int full = size == 0 ? BAR : (int) (done * BAR / size);
      err.print("\r[" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + done + "/" + size);
      err.print(done == size ? "\n" : "");
      err.flush();
    };
  }

  private static long size(LogSource files) {
    try {
      return new LogReader(files).checkpoint().size();
    } catch (IOException e) {
      return 0;
    }
  }
}
