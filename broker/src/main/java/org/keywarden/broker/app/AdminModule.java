package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.List;
import org.keywarden.broker.admin.AdminDoor;
import org.keywarden.broker.admin.LastDecisions;
import org.keywarden.broker.admin.StatusAnswer;
import org.keywarden.broker.admin.StatusFollowers;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.auditing.RecentGrants;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.frontdoor.accessibility.Listener;
import org.keywarden.broker.indicator.Indicator;
import org.keywarden.broker.plugin.ChoicePace;
import org.keywarden.broker.plugin.Holds;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.plugin.installed.PluginDirectory;
import org.keywarden.broker.session.SessionWatch;

/** What the user's tools may ask, and what they are told. */
final class AdminModule extends AbstractModule {
  private final Options options;
  private final PluginDirectory.Found found;
  private final PolicySource policy;
  private final Confining confining;
  private final Directories directories;

  AdminModule(
      Options options,
      PluginDirectory.Found found,
      PolicySource policy,
      Confining confining,
      Directories directories) {
    this.options = options;
    this.directories = directories;
    this.found = found;
    this.policy = policy;
    this.confining = confining;
  }

  @Override
  protected void configure() {
    bind(LastDecisions.class).toInstance(new LastDecisions());
    bind(ChoicePace.class).toInstance(new ChoicePace(System::nanoTime));
  }

  @Provides
  @Singleton
  AdminDoor adminDoor(
      SeatLoop seat,
      PluginRoster roster,
      RecentGrants grants,
      Applications applications,
      AuditTrail trail,
      StatusAnswer answer,
      StatusFollowers followers,
      LastDecisions decisions,
      InputMethods methods,
      EngineSearch search,
      Holds holds,
      ChoicePace pace) {
    return new AdminDoor(
        seat,
        seat::status,
        roster,
        found.problems(),
        grants,
        applications,
        trail,
        policy,
        answer,
        followers,
        decisions,
        methods,
        search::refresh,
        holds,
        pace,
        directories.state());
  }

  @Provides
  @Singleton
  StatusAnswer statusAnswer(
      SeatLoop seat,
      AuditTrail trail,
      Listener listener,
      SessionWatch watch,
      IbusSession session,
      Indicator indicator) {
    return new StatusAnswer(
        seat::status,
        trail,
        policy,
        confining.description(),
        AccessibilityModule.statusOf(options, listener),
        options.desktop() ? watch::sources : List::of,
        session::standing,
        options.desktop() ? indicator::standing : () -> "");
  }

  @Provides
  @Singleton
  StatusFollowers statusFollowers(StatusAnswer answer) {
    return new StatusFollowers(answer);
  }
}
