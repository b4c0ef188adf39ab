package org.keywarden.conformance;

import java.time.Duration;
import java.util.List;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.KeyAction;

/** Attacks on typing itself: what a plugin does must not stop it. */
final class AvailabilityAttacks {
  /** The key deadline of 150 ms and what a busy machine adds. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private static final int FLOOD = 20_000;
  private static final int PRESENTATIONS = 25;

  /** More deadlines in a row than a plugin may miss. */
  private static final int MISSES = 4;

  /** What one key pays for. */
  private static final int MOST_PER_KEY = 16;

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
            "input method killed with keys in flight",
            "Its process dies with keys unanswered: each is answered once, and it comes back.",
            AvailabilityAttacks::killed),
        Attack.disrupting(
            "G8",
            "trusted keyboard killed at a password",
            "Its process dies among the keys: each is answered once, none reaches a plugin.",
            AvailabilityAttacks::keyboardKilled),
        Attack.disrupting(
            "G8",
            "message flood",
            "20,000 commits without a key: none takes effect, the plugin restarts, typing goes on.",
            AvailabilityAttacks::floods),
        Attack.disrupting(
            "G5",
            "commit flood on one key",
            "20,000 commits for one key: at most 16 take effect, the plugin restarts.",
            AvailabilityAttacks::commits),
        Attack.disrupting(
            "G8",
            "presentation flood",
            "False presentations, 25 at once, over and over: FLOODING in the end, typing goes on.",
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
    for (int i = 0; i < MISSES; i++) {
      application.type(1, "ab");
      application.awaitAnswers();
    }
    application.type(1, "cd");
    Outcome answers = application.awaitAnswers();
    Outcome all =
        Outcome.expect("left to the application", 4L * (MISSES + 1), application.unhandled());
    return answers.and(all).and(restarted(f, instance));
  }

  private static Outcome killed(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    long instance = f.broker().plugin(f.a().id()).getInstance();
    application.type(1, "abc");
    f.broker().kill("plugins/" + f.a().id());
    Outcome answers = application.awaitAnswers();
    Outcome restarted = restarted(f, instance);
    application.type(1, "d");
    return answers.and(restarted).and(application.awaitAnswers());
  }

  private static Outcome keyboardKilled(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.focus(2, Application.password());
    application.type(2, "QX");
    f.broker().kill("TrustedKeyboard");
    application.type(2, "Z");
    Outcome answers = application.awaitAnswers();
    Await.until(
        "another trusted keyboard",
        Await.PATIENCE,
        () ->
            f.broker()
                .admin()
                .getStatus(GetStatusRequest.getDefaultInstance())
                .getTrustedKeyboardReady(),
        () -> "none");
    application.type(2, "Q");
    Outcome after = application.awaitAnswers();
    // A puppet stands still while a field is guarded and reports nothing.
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(after).and(Outcome.expect("keys at plugins", List.of(), f.a().keysyms()));
  }

  private static Outcome restarted(Fixture f, long instance) throws Unsettled {
    Await.until(
        "new instance of the plugin",
        Await.PATIENCE,
        () ->
            f.broker().plugin(f.a().id()).getInstance() != instance
                && f.broker().plugin(f.a().id()).getState() == PluginState.PLUGIN_STATE_READY,
        () -> f.broker().plugin(f.a().id()).getState().toString());
    return Outcome.of(true, "plugin restarted");
  }

  private static Outcome floods(Fixture f) throws Unsettled {
    Application application = f.live().application();
    long instance = f.broker().plugin(f.a().id()).getInstance();
    f.a().order(Puppeteer.sending(0, Messages.action(Messages.commit("evil")), FLOOD));
    Outcome restarted = restarted(f, instance);
    application.type(1, "ab");
    return restarted
        .and(application.awaitAnswers())
        .and(Outcome.expect("committed", "", application.committed(1)))
        .and(f.stillServes());
  }

  private static Outcome commits(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    long instance = f.broker().plugin(f.a().id()).getInstance();
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    Await.until(
        "key at the puppet", Await.PATIENCE, () -> !f.a().keysyms().isEmpty(), () -> "none");
    f.a().order(Puppeteer.sending(0, Messages.action(Messages.commit("e")), FLOOD));
    Outcome restarted = restarted(f, instance);
    int committed = application.committed(1).length();
    return restarted
        .and(application.awaitAnswers())
        .and(Outcome.of(committed <= MOST_PER_KEY, committed + " commits for one key"));
  }

  private static Outcome presents(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    byte[] forged = live.token();
    forged[forged.length - 1] ^= 1;
    Await.until(
        "presentation refused for its number",
        Await.PATIENCE,
        () -> {
          f.a().openOften(forged, PRESENTATIONS);
          return f.a().endings().contains("FLOODING");
        },
        () -> "each judged by itself");
    live.application().type(1, "ab");
    return Outcome.of(true, "refused in the end: FLOODING")
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
