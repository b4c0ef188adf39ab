package org.keywarden.broker.process;

import java.io.IOException;

/** Starts processes that end when the broker does. */
public interface ProcessStarter {
  /**
   * Starts one.
   *
   * @param onExit called once, on the seat's thread, when the process has ended
   * @throws IOException if it cannot be started; the message says why
   */
  Running start(Launch launch, Runnable onExit) throws IOException;

  /** A started process. */
  interface Running {
    Identity identity();

    /** Whether {@code pid} is the process or a descendant of it. */
    boolean owns(long pid);

    /** Ends it at once; {@code onExit} follows. */
    void kill();
  }

  /**
   * Which process.
   *
   * @param startTime field 22 of {@code /proc/<pid>/stat} (proc(5)), so that a reused pid is told
   *     apart
   * @param pidNamespace inode of its pid namespace
   */
  record Identity(long pid, long startTime, long pidNamespace) {}
}
