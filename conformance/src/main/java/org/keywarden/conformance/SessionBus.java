package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A session bus of the kit's own, on which anybody may own any name. */
final class SessionBus implements AutoCloseable {
  /** What makes a broker serve the desktop of such a bus; there is no display for a panel. */
  static final String[] DESKTOP = {"--desktop", "yes", "--panel", "no"};

  private final Path socket;
  private final Process daemon;

  private SessionBus(Path socket, Process daemon) {
    this.socket = socket;
    this.daemon = daemon;
  }

  static SessionBus start() throws IOException, Unsettled {
    Path socket = Files.createTempDirectory("kwb").resolve("bus");
    SessionBus bus = new SessionBus(socket, daemon(socket));
    Await.until(
        "session bus (the kit needs dbus-daemon)",
        Await.PATIENCE,
        () -> Files.exists(socket),
        () -> "none");
    return bus;
  }

  Path socket() {
    return socket;
  }

  /**
   * What a broker is started with, so that the session of whoever runs the kit is left alone.
   *
   * @param work its home
   */
  List<String> surroundings(Path work) {
    return List.of(
        "env",
        "-u",
        "WAYLAND_DISPLAY",
        // None is looked for there; without one the broker serves no desktop.
        "DISPLAY=:9977",
        "DBUS_SESSION_BUS_ADDRESS=unix:path=" + socket,
        // Nor there: whether this machine's own screen is locked is not what is judged.
        "DBUS_SYSTEM_BUS_ADDRESS=unix:path=" + work.resolve("no-system-bus"),
        "HOME=" + work,
        "XDG_CONFIG_HOME=" + work.resolve("config"));
  }

  private static Process daemon(Path bus) throws IOException {
    Path configuration =
        Files.writeString(
            bus.resolveSibling("bus.conf"),
            """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>session</type>
              <listen>unix:path=%s</listen>
              <policy context="default">
                <allow send_destination="*" eavesdrop="true"/>
                <allow eavesdrop="true"/>
                <allow own="*"/>
              </policy>
              <limit name="max_connections_per_user">100000</limit>
              <limit name="max_completed_connections">100000</limit>
              <limit name="max_incomplete_connections">10000</limit>
            </busconfig>
            """
                .formatted(bus));
    return new ProcessBuilder("dbus-daemon", "--nofork", "--config-file=" + configuration)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Override
  public void close() {
    try {
      daemon.destroy();
      boolean ignored = daemon.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Files.deleteIfExists(socket);
      Files.deleteIfExists(socket.resolveSibling("bus.conf"));
      Files.deleteIfExists(socket.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
