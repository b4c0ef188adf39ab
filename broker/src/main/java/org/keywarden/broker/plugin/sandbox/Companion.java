package org.keywarden.broker.plugin.sandbox;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A program beside the broker, told nothing but its arguments and what it is given here. */
public final class Companion {
  private Companion() {}

  /** Starts it; what it says is thrown away, and its input is the caller's. */
  public static Process start(List<String> command) throws IOException {
    return builder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /**
   * Starts one of ours that is listened to: its output is the caller's too, and its errors are the
   * broker's.
   *
   * @param variables for its environment
   */
  public static Process start(List<String> command, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder = builder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(variables);
    return builder.start();
  }

  /**
   * Starts a program of the desktop's: it is told nothing and listened to in nothing.
   *
   * @param variables for its environment
   */
  public static Process startApart(List<String> command, Map<String, String> variables)
      throws IOException {
    ProcessBuilder builder =
        builder(command)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().remove("LC_ALL");
    builder.environment().putAll(variables);
    return builder.start();
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LC_ALL", "C");
    return builder;
  }
}
