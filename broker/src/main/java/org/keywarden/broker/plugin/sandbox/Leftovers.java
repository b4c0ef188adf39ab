package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Processes of a broker that was killed together with its {@link Sweeper}: what bubblewrap had made
 * by then may not know yet with whom it is to end, and waits for a word that nobody will say.
 */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Ends every process that has open what was written for its sandbox alone.
   *
   * @param files the directory of such files, this broker's by lock, and nothing of its own begun
   */
  public static void end(Path files) throws IOException {
    String inside = files.toRealPath() + "/";
    ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> ProcFiles.holds(process.pid(), name -> name.startsWith(inside)))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
