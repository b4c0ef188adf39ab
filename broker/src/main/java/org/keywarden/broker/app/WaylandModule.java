package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.ibus.panel.Panel;
import org.keywarden.broker.frontdoor.terminal.Terminals;
import org.keywarden.broker.frontdoor.wayland.WaylandDoor;
import org.keywarden.broker.look.Looks;
import org.keywarden.broker.process.Backoff;

/** The door for compositors that let a program be their input method. */
final class WaylandModule extends AbstractModule {
  private final EventLoop loop;

  WaylandModule(EventLoop loop) {
    this.loop = loop;
  }

  @Provides
  @Singleton
  WaylandDoor waylandDoor(
      SeatLoop seat,
      Terminals terminals,
      FocusedObjects objects,
      Panel panel,
      BootClock clock,
      SecureRandom random) {
    return new WaylandDoor(
        new WaylandDoor.Place(
            seat,
            // The compositor is nobody's process here: only all of the user's terminals concern it.
            terminals.of(0),
            objects,
            panel::switches,
            (delay, action) -> {
              var scheduled = loop.schedule(action, delay, TimeUnit.NANOSECONDS);
              return () -> scheduled.cancel(false);
            },
            new Looks(
                new Looks.Place(
                    Looks.threads("keymaps"),
                    loop,
                    clock,
                    (delay, action) -> loop.schedule(action, delay, TimeUnit.NANOSECONDS))),
            Looks.threads("compositor"),
            (IoEventLoop) loop,
            clock,
            () -> new Backoff(Backoff.Patience.UNHURRIED, random),
            Console.errors()::line));
  }

  /** The socket that the session's variables name (wl_display_connect(3)). */
  static Optional<Path> socket(Map<String, String> environment) {
    String display = environment.getOrDefault("WAYLAND_DISPLAY", "");
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (display.isEmpty() || (!display.startsWith("/") && runtime.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(Path.of(runtime).resolve(display));
  }
}
