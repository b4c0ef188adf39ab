package org.keywarden.engine.component;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.Component;
import org.keywarden.ibus.component.ComponentReader;
import org.keywarden.ibus.component.EngineDescription;
import org.keywarden.ibus.component.Words;

/**
 * All engines of a component: those in its file and those that its program lists. The program is no
 * more trusted than the engine, and belongs into the same sandbox.
 */
public final class Listing {
  private final Map<String, String> environment;
  private final Path directory;
  private final Duration limit;

  /**
   * @param environment everything that the program gets
   * @param limit how long it may take; then it is killed
   */
  public Listing(Map<String, String> environment, Path directory, Duration limit) {
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.limit = limit;
  }

  /**
   * Lists them.
   *
   * @throws BadComponent if the program prints no list of engines, too much, or not in time
   * @throws IOException if it cannot be started
   */
  public List<EngineDescription> of(Component component) throws BadComponent, IOException {
    List<EngineDescription> engines = new ArrayList<>(component.engines());
    if (!component.lister().isEmpty()) {
      engines.addAll(ComponentReader.engines(run(Words.of(component.lister()))));
    }
    return List.copyOf(engines);
  }

  private byte[] run(List<String> command) throws BadComponent, IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    CompletableFuture<Void> tooLong =
        CompletableFuture.runAsync(
            () -> kill(process),
            CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
    try (InputStream out = process.getInputStream()) {
      byte[] printed = out.readNBytes(ComponentReader.LARGEST + 1);
      if (tooLong.isDone()) {
        throw new BadComponent("its engines were not listed within " + limit.toSeconds() + " s");
      }
      return printed;
    } finally {
      tooLong.cancel(false);
      kill(process);
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
