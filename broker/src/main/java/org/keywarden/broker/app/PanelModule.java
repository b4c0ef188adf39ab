package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.keywarden.broker.frontdoor.ibus.panel.Panel;
import org.keywarden.broker.frontdoor.ibus.panel.PanelTrust;
import org.keywarden.broker.frontdoor.ibus.session.IbusDoor;
import org.keywarden.broker.plugin.ChoicePace;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.process.Backoff;

/** IBus's panel: the role, and the process that has it where the desktop brings none. */
final class PanelModule extends AbstractModule {
  /** Between two switches of the input method by a key. */
  private static final long PAUSE_MILLIS = 200;

  private final Options options;
  private final EventLoop loop;

  PanelModule(Options options, EventLoop loop) {
    this.options = options;
    this.loop = loop;
  }

  @Provides
  @Singleton
  PanelTrust panelTrust() {
    PanelTrust trust = new PanelTrust();
    if (!options.desktop()) {
      // Nobody will ask who GNOME Shell is.
      trust.shellIs(0);
    }
    return trust;
  }

  @Provides
  @Singleton
  Panel panel(
      SeatLoop seat,
      PanelTrust trust,
      Provider<PluginRoster> roster,
      Provider<InputMethods> methods,
      ChoicePace pace) {
    return new Panel(
        seat,
        trust,
        new EnabledMethods(seat, roster::get, methods::get, pace),
        options.switchKey(),
        later -> loop.schedule(later, PAUSE_MILLIS, TimeUnit.MILLISECONDS));
  }

  @Provides
  @Singleton
  PanelSession panelSession(
      Provider<IbusDoor> door,
      PanelTrust trust,
      Doors doors,
      BootClock clock,
      SecureRandom random) {
    return new PanelSession(
        options.panel() && options.desktop(),
        System.getenv(),
        () -> door.get().address(),
        trust,
        doors.applications().admission().holders(),
        loop,
        clock,
        new Backoff(Backoff.Patience.LIMITED, random));
  }
}
