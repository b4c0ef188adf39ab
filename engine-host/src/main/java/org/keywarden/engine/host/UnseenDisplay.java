package org.keywarden.engine.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An X server without a screen, for an engine that does not start without a display (Xvfb(1)). It
 * is in the engine's sandbox, so nobody else can reach it, and it can reach nothing else.
 */
final class UnseenDisplay {
  /** As Debian and others have it, in package {@code xvfb}. */
  private static final Path PROGRAM = Path.of("/usr/bin/Xvfb");

  private static final List<String> ARGUMENTS =
      List.of("-displayfd", "1", "-screen", "0", "16x16x24", "-nolisten", "tcp", "-noreset");

  private UnseenDisplay() {}

  /**
   * Starts one, and waits until it can be used. It ends with the sandbox.
   *
   * @param whenOver called on a thread of no one's if it ends before
   * @return what {@code DISPLAY} has to be
   * @throws IOException if there is none
   */
  static String start(Runnable whenOver) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(PROGRAM.toString())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(Redirect.DISCARD);
    builder.command().addAll(ARGUMENTS);
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin"));
    Process server = builder.start();
    try (BufferedReader said = server.inputReader(StandardCharsets.US_ASCII)) {
      String number = said.readLine();
      if (number == null || !number.matches("[0-9]{1,5}")) {
        throw new IOException(PROGRAM + " gives the engine no display");
      }
      var ignored = server.onExit().thenRun(whenOver);
      return ":" + number;
    }
  }
}
