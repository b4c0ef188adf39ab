package org.keywarden.engine.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.keywarden.engine.profile.Profiles;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.Component;
import org.keywarden.ibus.component.ComponentReader;

/**
 * An engine of the system, served in a sandbox of the test's: it reads all files, writes into its
 * home, and has no network, no display and no bus. The broker's own sandbox is tested elsewhere.
 */
final class RealEngine implements AutoCloseable {
  /** A test's machine may be busy, and it is not the time that is tested here. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Serving serving;

  private RealEngine(Component component, Path file, Path directory) throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Path runtime =
        Files.createDirectories(
            directory.resolve("run"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Component confined =
        new Component(
            component.name(),
            "bwrap --unshare-all --uid 1000 --gid 1000 --die-with-parent --ro-bind / / --dev /dev"
                + " --proc /proc --tmpfs /root --tmpfs /tmp --bind "
                + directory
                + " "
                + directory
                + " -- "
                + component.exec(),
            component.engines(),
            component.lister(),
            component.observed());
    this.serving =
        Serving.start(
            confined,
            Profiles.of(file),
            home,
            runtime,
            PATIENCE,
            new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  static RealEngine of(String component, Path directory) throws IOException, BadComponent {
    Path file = Path.of("/usr/share/ibus/component", component + ".xml");
    return new RealEngine(ComponentReader.component(Files.readAllBytes(file)), file, directory);
  }

  Editor editor() {
    return new Editor(serving.inputMethod());
  }

  /** Waits until the engine serves the field that was entered. */
  void awaitEngine(String name) throws Exception {
    serving.ready(name).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    serving.close();
  }
}
