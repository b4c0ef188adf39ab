package org.keywarden.conformance;

import java.time.Duration;
import java.util.List;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.input.v1.KeyAction;

/** Attacks on typing itself: what a plugin does must not stop it. */
final class AvailabilityAttacks {
  /** The key deadline of 150 ms and what a busy machine adds. */
  private static final Duration ANSWER = Duration.ofMillis(600);

  private static final int FLOOD = 20_000;

  private AvailabilityAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G8",
            "input method hangs at a key",
            "A key is not answered: the application gets it within the deadline, unhandled.",
            AvailabilityAttacks::hangs),
        Attack.disrupting(
            "G8",
            "input method hangs for good",
            "No key is ever answered: all keys reach the application once, the plugin restarts.",
            AvailabilityAttacks::hangsForGood),
        Attack.disrupting(
            "G8",
            "message flood",
            "20,000 messages on one stream: it ends, typing goes on.",
            AvailabilityAttacks::floods),
        Attack.disrupting(
            "G8",
            "presentation flood",
            "200 false presentations: FLOODING in the end, typing goes on.",
            AvailabilityAttacks::presents),
        Attack.disrupting(
            "G8",
            "unused offers",
            "An offer is never presented: keys reach the application all the same.",
            AvailabilityAttacks::declines));
  }

  private static Outcome hangs(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    long start = System.nanoTime();
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    Outcome answers = application.awaitAnswers();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return answers
        .and(Outcome.of(took.compareTo(ANSWER) < 0, "answered after " + took.toMillis() + " ms"))
        .and(Outcome.expect("left to the application", 1L, application.unhandled()));
  }

  private static Outcome hangsForGood(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    long instance = f.broker().plugin(f.a().id()).getInstance();
    application.type(1, "abcdefghijkl");
    Outcome answers = application.awaitAnswers();
    Outcome all = Outcome.expect("left to the application", 24L, application.unhandled());
    Await.until(
        "new instance of the plugin",
        Await.PATIENCE,
        () ->
            f.broker().plugin(f.a().id()).getInstance() != instance
                && f.broker().plugin(f.a().id()).getState() == PluginState.PLUGIN_STATE_READY,
        () -> f.broker().plugin(f.a().id()).getState().toString());
    return answers.and(all).and(Outcome.of(true, "plugin restarted"));
  }

  private static Outcome floods(Fixture f) throws Unsettled {
    Application application = f.live().application();
    f.a().send(0, Messages.action(Messages.commit("evil")), FLOOD);
    application.type(1, "ab");
    Outcome answers = application.awaitAnswers();
    Await.until(
        "end of the flooding stream",
        Await.PATIENCE,
        () -> application.route() != org.keywarden.proto.host.v1.Route.ROUTE_COMPOSING,
        () -> application.route().toString());
    application.type(1, "cd");
    return answers
        .and(application.awaitAnswers())
        .and(Outcome.expect("committed", "", application.committed(1)))
        .and(f.stillServes());
  }

  private static Outcome presents(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    byte[] forged = live.token();
    forged[forged.length - 1] ^= 1;
    String reason = "";
    for (int i = 0; i < 200 && !reason.equals("FLOODING"); i++) {
      f.a().open(forged, "honest", "same");
      if (i % 50 == 49) {
        reason = f.a().present(forged, "honest", "same");
      }
    }
    live.application().type(1, "ab");
    return Outcome.expect("refused in the end", "FLOODING", reason)
        .and(live.application().awaitAnswers())
        .and(f.stillServes());
  }

  private static Outcome declines(Fixture f) throws Unsettled {
    f.a().behave(false, "none", "");
    Application application = f.application("kit");
    application.open(1);
    application.focus(1, Application.plain());
    long start = System.nanoTime();
    application.type(1, "abc");
    Outcome answers = application.awaitAnswers();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return answers
        .and(Outcome.of(took.compareTo(ANSWER) < 0, "answered after " + took.toMillis() + " ms"))
        .and(Outcome.expect("left to the application", 6L, application.unhandled()));
  }
}
