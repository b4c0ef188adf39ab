package org.keywarden.broker.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to start.
 *
 * @param label for logs and file names
 * @param command and arguments
 * @param environment all of it; nothing else is inherited
 * @param directory to start in
 * @param output where its standard output and error go
 */
public record Launch(
    String label,
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path output) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
