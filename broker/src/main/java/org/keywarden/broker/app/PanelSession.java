package org.keywarden.broker.app;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.frontdoor.ibus.panel.PanelProcess;
import org.keywarden.broker.frontdoor.ibus.panel.PanelTrust;
import org.keywarden.broker.plugin.sandbox.Companion;
import org.keywarden.broker.process.Backoff;

/** Who shows candidates in this session: GNOME Shell where it is, else a program of IBus's. */
final class PanelSession {
  /** Where distributions have it. */
  private static final List<Path> PROGRAMS =
      Stream.of("/usr/libexec/ibus-ui-gtk3", "/usr/lib/ibus/ibus-ui-gtk3").map(Path::of).toList();

  /** What a program with windows needs, and nothing that would load other code into it. */
  private static final List<String> VARIABLES =
      List.of(
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "XAUTHORITY",
          "GDK_BACKEND",
          "GDK_SCALE",
          "GDK_DPI_SCALE",
          "GTK_THEME",
          "GSETTINGS_BACKEND",
          "NO_AT_BRIDGE",
          "DBUS_SESSION_BUS_ADDRESS",
          "HOME",
          "LANG",
          "LANGUAGE",
          "LC_ALL",
          "LC_CTYPE",
          "LC_MESSAGES",
          "XDG_CACHE_HOME",
          "XDG_CONFIG_HOME",
          "XDG_CURRENT_DESKTOP",
          "XDG_DATA_DIRS",
          "XDG_DATA_HOME",
          "XDG_RUNTIME_DIR",
          "XDG_SESSION_TYPE");

  private final PanelTrust trust;
  private final PanelProcess process;
  private final boolean wanted;
  private boolean over;

  /**
   * @param allowed whether a panel may be started
   * @param address of the door, once it is open
   */
  PanelSession(
      boolean allowed,
      Map<String, String> environment,
      Supplier<String> address,
      PanelTrust trust,
      Holder.Finder finder,
      EventLoop loop,
      BootClock clock,
      Backoff backoff) {
    this.trust = trust;
    Optional<Path> program = PROGRAMS.stream().filter(Files::isExecutable).findFirst();
    boolean display =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
    this.wanted = allowed && display && program.isPresent();
    this.process =
        new PanelProcess(
            new PanelProcess.Surroundings() {
              @Override
              public Process start() throws IOException {
                return Companion.startApart(
                    List.of(program.orElseThrow().toString()), variables(environment, address));
              }

              @Override
              public long numberOf(Process started) {
                Holder known = finder.of(started.pid());
                return started.isAlive() ? known.number() : 0;
              }

              @Override
              public Executor seatThread() {
                return loop;
              }

              @Override
              public void schedule(long delay, Runnable later) {
                loop.schedule(later, delay, TimeUnit.NANOSECONDS);
              }

              @Override
              public long now() {
                return clock.getAsLong();
              }
            },
            trust,
            backoff,
            Console.errors()::line);
  }

  private static Map<String, String> variables(
      Map<String, String> environment, Supplier<String> address) {
    Map<String, String> chosen = chosen(environment);
    chosen.put("IBUS_ADDRESS", address.get());
    return chosen;
  }

  /** Of an environment, what a program with windows is given. */
  static Map<String, String> chosen(Map<String, String> environment) {
    Map<String, String> chosen = new HashMap<>();
    for (String name : VARIABLES) {
      String value = environment.get(name);
      if (value != null) {
        chosen.put(name, value);
      }
    }
    return chosen;
  }

  /** GNOME Shell is this process, by its name on the session bus; 0 if it is not there. */
  void shellIs(long pid) {
    trust.shellIs(pid);
    process.want(wanted && !over && pid == 0);
  }

  /** Ends a panel of ours. */
  void end() {
    over = true;
    process.want(false);
  }
}
