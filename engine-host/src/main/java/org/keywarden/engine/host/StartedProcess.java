package org.keywarden.engine.host;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * A process of the system. What it prints goes nowhere: it may be what was typed.
 *
 * @param process the first of them
 */
record StartedProcess(Process process) implements EngineProcess {
  /**
   * @param command program and arguments; no shell reads it
   * @param environment everything that it gets
   * @param whenOver called on {@code executor}
   */
  static EngineProcess start(
      List<String> command,
      Map<String, String> environment,
      Path directory,
      Executor executor,
      Runnable whenOver)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process started = builder.start();
    var ignored = started.onExit().thenRunAsync(whenOver, executor);
    return new StartedProcess(started);
  }

  @Override
  public boolean owns(long pid) {
    return process.pid() == pid || process.descendants().anyMatch(each -> each.pid() == pid);
  }

  @Override
  public void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
