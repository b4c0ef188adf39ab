package org.keywarden.broker.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param label for people
 * @param command and arguments
 * @param environment all of it; nothing else is inherited
 * @param directory to start in
 * @param output file for the newest of its standard output and error; not writable by the process
 */
public record Launch(
    String label,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path output,
    Confinement confinement) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
