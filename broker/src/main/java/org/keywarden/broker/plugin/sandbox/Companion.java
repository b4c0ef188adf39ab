package org.keywarden.broker.plugin.sandbox;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A program of the system's beside the broker, told nothing but its arguments. */
public final class Companion {
  private Companion() {}

  /** Starts it; what it says is thrown away, and its input is the caller's. */
  public static Process start(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LC_ALL", "C");
    return builder.start();
  }
}
