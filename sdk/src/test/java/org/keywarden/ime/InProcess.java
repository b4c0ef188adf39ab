package org.keywarden.ime;

import java.io.PrintStream;
import java.util.Map;

/**
 * Serves a Java plugin without a process of its own: a JVM for each conversation would take
 * minutes.
 */
public final class InProcess {
  private InProcess() {}

  /**
   * As {@link Plugin#run}, but returns.
   *
   * @return the exit status
   */
  public static int serve(
      InputMethod inputMethod, Map<String, String> environment, PrintStream log) {
    Ending ending = Plugin.serve(inputMethod, environment, log);
    if (!ending.sentence().isEmpty()) {
      log.println("keywarden: " + ending.sentence());
    }
    return ending.status();
  }
}
