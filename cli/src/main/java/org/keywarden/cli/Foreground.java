package org.keywarden.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that has this one's terminal and ends with it. */
final class Foreground {
  private static final long GRACE_SECONDS = 10;

  private Foreground() {}

  /**
   * Runs the command until it ends. A signal that ends this JVM ends the command first: SIGTERM,
   * and SIGKILL if it has not ended within 10 s.
   *
   * @return the command's exit status, 128 plus the signal's number if a signal ended it
   */
  static int run(List<String> command) throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new Failure(
          Main.UNAVAILABLE, "cannot start " + command.getFirst() + ": " + e.getMessage());
    }
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("end").unstarted(() -> end(process)));
    return process.waitFor();
  }

  private static void end(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
