package org.keywarden.broker.frontdoor.window;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether a program is one process: what it has handled itself, others of its processes (a
 * browser's page, a shell in a terminal) may still be at.
 */
final class OneProcess {
  /** More threads than a program without processes of its own has. */
  private static final int MOST_THREADS = 64;

  private final Path proc;

  /**
   * @param proc where proc is mounted
   */
  OneProcess(Path proc) {
    this.proc = proc;
  }

  /** Whether it has no children, by {@code /proc/PID/task/TID/children} (proc(5)). */
  boolean isAlone(long pid) {
    int threads = 0;
    try (DirectoryStream<Path> tasks =
        Files.newDirectoryStream(proc.resolve(Long.toString(pid)).resolve("task"))) {
      for (Path task : tasks) {
        if (++threads > MOST_THREADS || !Files.readString(task.resolve("children")).isBlank()) {
          return false;
        }
      }
    } catch (IOException unreadable) {
      return false;
    }
    return threads > 0;
  }
}
