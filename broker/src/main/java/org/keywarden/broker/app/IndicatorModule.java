package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.BindingAnnotation;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.security.SecureRandom;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.bus.BusClient;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.indicator.Indicator;
import org.keywarden.broker.plugin.ChoicePace;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.process.Backoff;

/** The indicator in the desktop's tray, and the thread it shares with the session's buses. */
final class IndicatorModule extends AbstractModule {
  /** Of the buses that tell of the session. */
  @BindingAnnotation
  @Retention(RetentionPolicy.RUNTIME)
  @interface SessionThread {}

  private final Options options;
  private final int uid;
  private final Directories directories;
  private final EventLoop seatThread;

  IndicatorModule(Options options, int uid, Directories directories, EventLoop seatThread) {
    this.options = options;
    this.uid = uid;
    this.directories = directories;
    this.seatThread = seatThread;
  }

  @Provides
  @Singleton
  @SessionThread
  EventLoop buses() {
    return new MultiThreadIoEventLoopGroup(
            1, Thread.ofPlatform().name("session").daemon().factory(), EpollIoHandler.newFactory())
        .next();
  }

  @Provides
  @Singleton
  TrayFeed trayFeed(
      SeatLoop seat,
      Provider<PluginRoster> roster,
      Provider<InputMethods> methods,
      Applications applications,
      AuditTrail trail,
      IbusSession session,
      ChoicePace pace,
      BootClock clock) {
    return new TrayFeed(
        seat,
        new EnabledMethods(seat, roster::get, methods::get, pace),
        pace,
        applications,
        trail,
        roster.get(),
        session::standing,
        new ReportOpening(
            options.installation(),
            directories.state(),
            directories.state().resolve("keywarden-audit.html"),
            System.getenv(),
            Console.errors()::line),
        Console.errors()::line,
        clock);
  }

  @Provides
  @Singleton
  Indicator indicator(
      TrayFeed feed, @SessionThread EventLoop buses, BootClock clock, SecureRandom random) {
    Indicator indicator =
        new Indicator(
            user ->
                new BusClient(
                    uid,
                    "the session bus",
                    System.getenv().getOrDefault("DBUS_SESSION_BUS_ADDRESS", ""),
                    buses,
                    clock,
                    new Backoff(Backoff.Patience.UNHURRIED, random),
                    user),
            MountNamespace::isOurs,
            buses::execute,
            options.installation().icons().toString(),
            clock,
            act -> seatThread.execute(() -> feed.act(act)));
    feed.connect(indicator);
    return indicator;
  }
}
