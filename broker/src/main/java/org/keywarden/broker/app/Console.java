package org.keywarden.broker.app;

import java.io.PrintStream;
import org.keywarden.proto.text.VisibleText;

/**
 * What the broker tells its operator, a line each. A line may quote a manifest, a path or a peer:
 * it is shown as {@link VisibleText}, so that none of them can write to a terminal or forge a line.
 */
final class Console {
  private final PrintStream out;

  private Console(PrintStream out) {
    this.out = out;
  }

  /** Where what is wrong is said. */
  static Console errors() {
    return new Console(System.err);
  }

  /** Where what was asked for is said. */
  static Console answers() {
    return new Console(System.out);
  }

  /**
   * Has a defect of any thread told by what and where it is: a message may quote what others wrote.
   */
  static void tellFaults() {
    Console errors = errors();
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, defect) -> {
          StackTraceElement[] stack = defect.getStackTrace();
          errors.line(
              "fault in thread "
                  + thread.getName()
                  + ": "
                  + defect.getClass().getName()
                  + (stack.length == 0 ? "" : " at " + stack[0]));
        });
  }

  void line(String sentence) {
    out.println("keywarden: " + VisibleText.of(sentence));
  }

  /** Lines of our own words alone. */
  void text(String lines) {
    out.print(lines);
  }
}
