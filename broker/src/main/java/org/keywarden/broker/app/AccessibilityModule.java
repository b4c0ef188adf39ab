package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.keywarden.broker.frontdoor.accessibility.FocusedObjects;
import org.keywarden.broker.frontdoor.accessibility.Listener;
import org.keywarden.broker.plugin.sandbox.Companion;
import org.keywarden.broker.process.Backoff;
import org.keywarden.hardening.JvmOptions;

/** The listener on the accessibility bus, and what it tells. */
final class AccessibilityModule extends AbstractModule {
  private static final String SESSION_BUS = "DBUS_SESSION_BUS_ADDRESS";

  private final Options options;
  private final EventLoop loop;

  AccessibilityModule(Options options, EventLoop loop) {
    this.options = options;
    this.loop = loop;
  }

  /** What the user is told of the listener. */
  static Supplier<String> statusOf(Options options, Listener listener) {
    if (!options.accessibility()) {
      return () -> "off: --no-accessibility";
    }
    return options.desktop() ? listener::status : () -> "off: not the session's input method";
  }

  @Provides
  @Singleton
  FocusedObjects focusedObjects() {
    // CLOCK_MONOTONIC on Linux (HotSpot), so that the listener's is the same.
    return new FocusedObjects(System::nanoTime);
  }

  @Provides
  @Singleton
  Listener listener(FocusedObjects objects, BootClock clock, SecureRandom random)
      throws IOException {
    List<String> command = command();
    Map<String, String> environment =
        Map.of(SESSION_BUS, System.getenv().getOrDefault(SESSION_BUS, ""));
    return new Listener(
        objects,
        new Listener.Place() {
          @Override
          public Process start() throws IOException {
            return Companion.start(command, environment);
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
        new Backoff(Backoff.Patience.LIMITED, random),
        Console.errors()::line);
  }

  private List<String> command() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Confining.java().toString());
    command.addAll(options.installation().jvm().of(JvmOptions.Program.ACCESSIBILITY));
    command.addAll(
        List.of(
            "-cp",
            options.installation().classPath(JvmOptions.Program.ACCESSIBILITY),
            "org.keywarden.accessibility.AccessibilityListener"));
    return command;
  }
}
