package org.keywarden.ime;

import java.io.PrintStream;

/**
 * What the plugin says on standard error: which class was thrown and where, never an exception's
 * message, which may hold what was typed. It falls silent after {@value #MOST} entries, so that an
 * input method that fails at every key does not fill the disk.
 */
final class FaultLog {
  private static final int MOST = 100;

  private final PrintStream out;
  private int entries;

  FaultLog(PrintStream out) {
    this.out = out;
  }

  void say(String sentence) {
    if (admit()) {
      out.println("keywarden: " + sentence);
    }
  }

  void fault(String during, Throwable fault) {
    if (!admit()) {
      return;
    }
    StringBuilder text = new StringBuilder("keywarden: ").append(during).append(" threw ");
    Throwable each = fault;
    for (int depth = 0; each != null && depth < 4; depth++) {
      text.append(depth == 0 ? "" : "\n  caused by ").append(each.getClass().getName());
      for (StackTraceElement frame : each.getStackTrace()) {
        text.append("\n    at ").append(frame);
      }
      each = each.getCause();
    }
    out.println(text);
  }

  private boolean admit() {
    entries++;
    if (entries == MOST + 1) {
      out.println("keywarden: nothing more is printed after " + MOST + " entries");
    }
    return entries <= MOST;
  }
}
