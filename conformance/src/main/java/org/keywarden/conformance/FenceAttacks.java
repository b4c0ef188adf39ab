package org.keywarden.conformance;

import java.util.List;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.KeyAction;

/** Attacks on what is typed behind Tab before the application has moved the focus. */
final class FenceAttacks {
  private static final int TAB = 0xFF09;

  private FenceAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G3",
            "password typed behind a Tab that is forwarded",
            "The puppet composes, forwards Tab and claims to have handled it: no key behind it.",
            f -> behindTab(f, true)),
        Attack.of(
            "G3",
            "password typed behind a Tab that is never answered",
            "The puppet composes and keeps Tab until its time is up: no key behind it.",
            f -> behindTab(f, false)));
  }

  private static Outcome behindTab(Fixture f, boolean forwarded) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    f.a().send(0, Messages.answer(f.a().awaitKeys(1), true, Messages.preedit("a")), 1);
    application.awaitAnswers();
    application.key(1, TAB, KeyAction.KEY_ACTION_PRESS);
    long tab = f.a().awaitKeys(2);
    application.type(1, FocusAttacks.SECRET);
    if (forwarded) {
      f.a().send(0, Messages.answer(tab, true, Messages.forward()), 1);
    }
    Await.until(
        "answer to Tab", Await.PATIENCE, () -> application.answered() >= 2, application::toString);
    application.focus(2, Application.password());
    application.type(2, FocusAttacks.SECRET);
    Outcome answers = application.awaitAnswers();
    Outcome route = Outcome.expect("route", Route.ROUTE_GUARDED, application.route());
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(route).and(FocusAttacks.unseen(f)).and(FocusAttacks.seen(f, 'a'));
  }
}
