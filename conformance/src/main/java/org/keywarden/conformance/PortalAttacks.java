package org.keywarden.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keywarden.client.bus.BusLine;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * Attacks over the session bus, where the broker serves IBus's portal. The bus is the kit's own.
 */
final class PortalAttacks {
  private static final int CALLERS = 600;
  private static final int CONTEXTS = 40;
  private static final int TALKATIVE = 60;

  private PortalAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.alone(
            "G8",
            "portal callers of one program",
            "600 callers over the session bus have input contexts: newcomers are let in there and"
                + " at the doors.",
            f -> besieged(f, "portal", CALLERS, 1)),
        Attack.alone(
            "G9",
            "portal contexts with surrounding text",
            "60 callers with 40 contexts that each report 4,096 characters: others type on.",
            f -> besieged(f, "portal", TALKATIVE, CONTEXTS)));
  }

  private static Outcome besieged(Fixture f, String misdeed, int... numbers) throws Unsettled {
    Path bus = null;
    Process daemon = null;
    try {
      bus = Files.createTempDirectory("kwb").resolve("bus");
      daemon = daemon(bus);
      Path socket = bus;
      Await.until(
          "session bus (the kit needs dbus-daemon)",
          Await.PATIENCE,
          () -> Files.exists(socket),
          () -> "none");
      try (Broker broker =
          Broker.startWithin(
              surroundings(f.work(), bus), f.dist(), f.work(), true, "--desktop", "yes")) {
        Await.until("portal", Await.PATIENCE, () -> admitted(socket), () -> "it is not served");
        broker.a().reset();
        Outcome siege =
            Siege.of(
                f,
                broker,
                () -> new Watched(StrangerProcess.start(f, misdeed, socket, numbers), socket));
        return siege.and(
            Outcome.expect("newcomer at the portal afterwards", true, admitted(socket)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end(daemon, bus);
    }
  }

  /** So that the session of whoever runs the kit is left alone. */
  private static List<String> surroundings(Path work, Path bus) {
    return List.of(
        "env",
        "-u",
        "WAYLAND_DISPLAY",
        // None is looked for there; without one the broker serves no desktop.
        "DISPLAY=:9977",
        "DBUS_SESSION_BUS_ADDRESS=unix:path=" + bus,
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

  /** Whether a program that has just come to the bus gets an input context. */
  private static boolean admitted(Path bus) {
    try (BusLine line = BusLine.greeted(bus)) {
      Message made = line.call(IbusCalls.newPortalContext("kit"));
      return !made.body().isEmpty() && made.body().getFirst() instanceof Value.ObjectPath;
    } catch (IOException gone) {
      return false;
    }
  }

  /** The stranger, and whether a newcomer gets in while it is there. */
  private record Watched(StrangerProcess stranger, Path bus) implements Siege.Attacker {
    @Override
    public boolean finished() {
      return stranger.finished();
    }

    /** Nothing where nobody else is let in: what an attack must not be able to do. */
    @Override
    public long gotAwayWith() {
      return admitted(bus) ? stranger.gotAwayWith() : 0;
    }

    @Override
    public void close() {
      stranger.close();
    }
  }

  private static void end(
      @org.jspecify.annotations.Nullable Process daemon,
      @org.jspecify.annotations.Nullable Path bus) {
    try {
      if (daemon != null) {
        daemon.destroy();
        boolean ignored = daemon.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
      if (bus != null) {
        Files.deleteIfExists(bus);
        Files.deleteIfExists(bus.resolveSibling("bus.conf"));
        Files.deleteIfExists(bus.getParent());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
