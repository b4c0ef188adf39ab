package org.keywarden.conformance;

import java.util.List;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.DeleteSurrounding;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.input.v1.Purpose;

/** Attacks that put something into an application. */
final class InjectionAttacks {
  private static final int CAUSE_MILLIS = 1_000;
  private static final int RETURN = 0xFF0D;

  private InjectionAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G5",
            "commit without a key",
            "Text although the user typed nothing in this field: NO_CAUSE.",
            InjectionAttacks::withoutKey),
        Attack.of(
            "G5",
            "commit long after a key",
            "Text until a second after the last key has passed: NO_CAUSE in the end.",
            InjectionAttacks::longAfter),
        Attack.of(
            "G5",
            "commit without the right",
            "Policy leaves commit_text out: RIGHT_NOT_HELD.",
            InjectionAttacks::withoutRight),
        Attack.of(
            "G2",
            "commit after revoke",
            "An answer with text, after the field lost focus: no effect anywhere.",
            f -> afterMove(f, false)),
        Attack.of(
            "G5",
            "commit into the next field",
            "Text under the old grant while the next field composes: no effect in either.",
            f -> afterMove(f, true)),
        text("escape", "\u001b[2J"),
        harmless("newline without Return", "rm\n", "rm "),
        text("C1 control", "\u009b31m"),
        text("delete", "a\u007f"),
        text("bidirectional override", "a\u202eb"),
        text("bidirectional isolate", "a\u2066b"),
        harmless("line separator", "a\u2028b", "a b"),
        text("tag characters", "a" + Character.toString(0xE0041)),
        text("byte order mark", "\ufeffa"),
        Attack.of(
            "G5",
            "newline into a terminal",
            "A line break in answer to Return, in a terminal: it arrives as a space.",
            InjectionAttacks::terminal),
        Attack.of(
            "G5",
            "forward a key nobody typed",
            "ForwardKey outside the answer to a key: NOT_THE_KEY, nothing forwarded.",
            InjectionAttacks::forwardNone),
        Attack.of(
            "G5",
            "forward a key twice",
            "Two ForwardKey in one answer: the application gets the key once at most.",
            InjectionAttacks::forwardTwice),
        Attack.of(
            "G5",
            "delete what was not reported",
            "DeleteSurrounding in a field that reported no text: OUT_OF_BOUNDS.",
            InjectionAttacks::delete),
        Attack.of(
            "G4",
            "answer a key that was never sent",
            "An answer with text to an invented sequence: NO_SUCH_KEY.",
            InjectionAttacks::invented),
        Attack.of(
            "G4",
            "answer a key twice",
            "The second answer, with text: NO_SUCH_KEY, the text appears once.",
            InjectionAttacks::twice));
  }

  private static Attack text(String name, String text) {
    return Attack.of(
        "G5",
        "commit with " + name,
        "Text with " + name + ", in answer to a letter: TEXT_NOT_ALLOWED.",
        f -> refusedText(f, text));
  }

  private static Attack harmless(String name, String text, String arrives) {
    return Attack.of(
        "G5",
        "commit with " + name,
        "Text with " + name + ", in answer to a letter: it arrives as a space.",
        f -> {
          Application application = f.live().application();
          f.a().behave(true, "commit", text);
          application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
          return application
              .awaitAnswers()
              .and(Outcome.expect("committed", arrives, application.committed(1)));
        });
  }

  private static Outcome refused(Fixture f, Application application, String refusal)
      throws Unsettled {
    List<String> refusals = f.a().awaitRefusals(0, 1);
    String into = application.committed(1) + application.committed(2);
    return Outcome.expect("refusals", List.of("REFUSAL_" + refusal), refusals)
        .and(Outcome.expect("characters committed", 0, into.length()));
  }

  private static Outcome withoutKey(Fixture f) throws Unsettled {
    Application application = f.live().application();
    f.a().send(0, Messages.action(Messages.commit("evil")), 1);
    return refused(f, application, "NO_CAUSE");
  }

  private static Outcome longAfter(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    long typed = System.nanoTime();
    Await.until(
        "end of the key's second",
        Await.PATIENCE,
        () -> System.nanoTime() - typed > (CAUSE_MILLIS + 100) * 1_000_000L,
        () -> "early");
    f.a().send(0, Messages.action(Messages.commit("evil")), 1);
    return refused(f, application, "NO_CAUSE");
  }

  private static Outcome withoutRight(Fixture f) throws Unsettled {
    Application application = f.live("mute").application();
    f.a().behave(true, "commit", "evil");
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    Outcome answers = application.awaitAnswers();
    return answers.and(refused(f, application, "RIGHT_NOT_HELD"));
  }

  private static Outcome afterMove(Fixture f, boolean next) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    long sequence = f.a().awaitKeys(1);
    if (next) {
      application.focus(2, Application.plain());
      f.a().awaitToken(2);
      application.awaitRoute(Route.ROUTE_COMPOSING);
    } else {
      application.blur(1);
      application.awaitRoute(Route.ROUTE_UNFOCUSED);
    }
    f.a().send(0, Messages.answer(sequence, true, Messages.commit("evil")), 1);
    f.a().send(0, Messages.action(Messages.commit("evil")), 1);
    String end = f.a().awaitEnd(0);
    Outcome answers = application.awaitAnswers();
    return answers
        .and(Outcome.expect("stream ended", "GRANT_REVOKED", end))
        .and(Outcome.expect("committed", "", application.committed(1) + application.committed(2)));
  }

  private static Outcome refusedText(Fixture f, String text) throws Unsettled {
    Application application = f.live().application();
    f.a().behave(true, "commit", text);
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    Outcome answers = application.awaitAnswers();
    return answers.and(refused(f, application, "TEXT_NOT_ALLOWED"));
  }

  /** Return goes past an idle composition, so a preedit comes first. */
  private static Outcome terminal(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.application("kit");
    application.open(1);
    application.focus(1, ContentType.newBuilder().setPurpose(Purpose.PURPOSE_TERMINAL).build());
    application.awaitRoute(Route.ROUTE_COMPOSING);
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    f.a().send(0, Messages.answer(f.a().awaitKeys(1), true, Messages.preedit("a")), 1);
    application.awaitAnswers();
    application.key(1, RETURN, KeyAction.KEY_ACTION_PRESS);
    f.a().send(0, Messages.answer(f.a().awaitKeys(2), true, Messages.commit("reboot\n")), 1);
    return application
        .awaitAnswers()
        .and(Outcome.expect("committed", "reboot ", application.committed(1)));
  }

  private static Outcome forwardNone(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.type(1, "a");
    application.awaitAnswers();
    f.a().send(0, Messages.action(Messages.forward()), 1);
    return refused(f, application, "NOT_THE_KEY")
        .and(Outcome.expect("keys forwarded", 0L, application.forwarded()));
  }

  private static Outcome forwardTwice(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    long sequence = f.a().awaitKeys(1);
    f.a().send(0, Messages.answer(sequence, true, Messages.forward(), Messages.forward()), 1);
    Outcome answers = application.awaitAnswers();
    return answers.and(
        Outcome.of(application.forwarded() <= 1, application.forwarded() + " keys forwarded"));
  }

  private static Outcome delete(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    Action delete =
        Action.newBuilder()
            .setDeleteSurrounding(DeleteSurrounding.newBuilder().setOffset(-10).setCount(10))
            .build();
    f.a().send(0, Messages.answer(f.a().awaitKeys(1), true, delete), 1);
    Outcome answers = application.awaitAnswers();
    return answers.and(refused(f, application, "OUT_OF_BOUNDS"));
  }

  private static Outcome invented(Fixture f) throws Unsettled {
    Application application = f.live().application();
    f.a().send(0, Messages.answer(1_000_000, true, Messages.commit("evil")), 1);
    return refused(f, application, "NO_SUCH_KEY");
  }

  private static Outcome twice(Fixture f) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    f.a().send(0, Messages.answer(f.a().awaitKeys(1), true, Messages.commit("once")), 2);
    Outcome answers = application.awaitAnswers();
    List<String> refusals = f.a().awaitRefusals(0, 1);
    return answers
        .and(Outcome.expect("refusals", List.of("REFUSAL_NO_SUCH_KEY"), refusals))
        .and(Outcome.expect("committed", "once", application.committed(1)));
  }
}
