package org.keywarden.broker.plugin.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter.Identity;

/** How a launch becomes a command, and what is known of the process that results. */
interface Preparation {
  /**
   * What to run. It must wait for {@link #release} on its standard input before the launch's own
   * command begins, end if that input ends first, and send that command's output to standard error.
   *
   * @param programs where a process that is kept apart has the programs it may run
   * @param files to remove when the process is known, or has ended
   * @param shown files to remove when the process has ended
   */
  record Prepared(List<String> command, List<Path> programs, List<Path> files, List<Path> shown) {}

  /**
   * @param number unlike that of any other launch
   * @throws IOException if it cannot be prepared; the message says why
   */
  Prepared prepare(Launch launch, long number) throws IOException;

  /**
   * Says which process it is.
   *
   * @param pid of what was started
   * @param report its standard output
   * @throws IOException if it ended instead
   */
  Identity identify(long pid, BufferedReader report) throws IOException;

  /** What lets the command begin. */
  byte[] release();

  /** Whether the identified process only waits for the plugin's, and is none of it. */
  boolean wraps();

  /** Whether a process is the identified one or belongs to it. */
  boolean owns(Identity identity, long pid);
}
