package org.keywarden.broker.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real message bus of the test's own, that can die and come back. */
public final class PrivateBus implements AutoCloseable {
  private static final String CONFIGURATION =
      """
      <busconfig>
        <type>session</type>
        <listen>unix:path=%s</listen>
        <auth>EXTERNAL</auth>
        <policy context="default">
          <allow send_destination="*" eavesdrop="true"/>
          <allow eavesdrop="true"/>
          <allow own="*"/>
        </policy>
      </busconfig>
      """;

  private final Path socket;
  private final Path configuration;
  private Process daemon;

  private PrivateBus(Path socket, Path configuration) throws IOException {
    this.socket = socket;
    this.configuration = configuration;
    this.daemon = start();
  }

  public static PrivateBus start(Path directory, String name) throws IOException {
    Path socket = directory.resolve(name);
    Path configuration = directory.resolve(name + ".conf");
    Files.writeString(configuration, CONFIGURATION.formatted(socket));
    return new PrivateBus(socket, configuration);
  }

  private Process start() throws IOException {
    Files.deleteIfExists(socket);
    Process started =
        new ProcessBuilder(
                "dbus-daemon", "--nofork", "--print-address=1", "--config-file=" + configuration)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String address = started.inputReader().readLine();
    if (address == null || !address.startsWith("unix:path=")) {
      throw new IOException("dbus-daemon did not start");
    }
    return started;
  }

  public Path socket() {
    return socket;
  }

  public String address() {
    return "unix:path=" + socket;
  }

  public void die() throws InterruptedException {
    daemon.destroyForcibly().waitFor();
  }

  public void comeBack() throws IOException {
    daemon = start();
  }

  @Override
  public void close() {
    daemon.destroyForcibly();
  }
}
