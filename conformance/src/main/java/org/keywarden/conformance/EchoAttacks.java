package org.keywarden.conformance;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.KeyAction;

/**
 * A client sends something again because of what the input method did (GNOME Shell its content
 * type, after each preedit and commit). Behind a Tab that is no sign that the focus has come to
 * rest.
 */
final class EchoAttacks {
  private static final int TAB = 0xFF09;
  private static final int PASSWORD = 8;

  private EchoAttacks() {}

  /** What a client repeats, at the IBus door. */
  private interface DoorEcho {
    void send(DoorVisitor visitor, String context);
  }

  /** What a client repeats, at the host door. */
  private interface HostEcho {
    void send(Application application);
  }

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>();
    for (String cause : List.of("preedit", "commit")) {
      all.add(door(cause, "content type", (v, c) -> v.declare(c, 0, 0)));
      all.add(host(cause, "content type", a -> a.declare(1, Application.plain())));
    }
    all.add(door("preedit", "surrounding text", (v, c) -> v.report(c, "plain")));
    all.add(door("preedit", "cursor", EchoAttacks::cursor));
    all.add(door("preedit", "capabilities", EchoAttacks::capabilities));
    all.add(host("preedit", "surrounding text", a -> a.report(1, "plain")));
    all.add(host("preedit", "cursor", a -> a.moveCursor(1)));
    return all;
  }

  private static void cursor(DoorVisitor visitor, String context) {
    Value.Int32 at = new Value.Int32(7);
    visitor.send(IbusCalls.IBUS, context, IbusCalls.CONTEXT, "SetCursorLocation", at, at, at, at);
  }

  private static void capabilities(DoorVisitor visitor, String context) {
    visitor.send(
        IbusCalls.IBUS,
        context,
        IbusCalls.CONTEXT,
        "SetCapabilities",
        new Value.UInt32(IbusCalls.WITH_SURROUNDING));
  }

  private static Attack door(String cause, String what, DoorEcho echo) {
    return Attack.of(
        "G3",
        what + " after a " + cause + " over IBus",
        "A client repeats it behind a Tab, then a password is typed ahead: none at a plugin.",
        f -> atDoor(f, cause, echo));
  }

  private static Attack host(String cause, String what, HostEcho echo) {
    return Attack.of(
        "G3",
        what + " after a " + cause,
        "An application repeats it behind a Tab, then a password is typed ahead: none at a plugin.",
        f -> atHost(f, cause, echo));
  }

  private static Outcome atDoor(Fixture f, String cause, DoorEcho echo) throws Unsettled {
    f.a().behave(true, "none", "");
    DoorVisitor visitor = f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
    String field = visitor.context("gnome-shell");
    String password = visitor.context("gnome-shell");
    visitor.on(field, "SetCapabilities", new Value.UInt32(IbusCalls.WITH_SURROUNDING));
    long grant = FocusAttacks.grant(f);
    visitor.focus(field, 0, 0);
    FocusAttacks.composing(f, grant);
    visitor.press(field, 'a');
    // What it causes comes in the same breath as the answer; Tab is already typed.
    f.a().awaitKeys(1);
    int tab = visitor.press(field, TAB);
    f.a().send(0, effect(f, cause), 1);
    visitor.awaitMessage("effect of the key", EchoAttacks::isEffect);
    f.a().behave(true, "pass", "");
    passes(f);
    visitor.answer(tab);
    echo.send(visitor, field);
    echo.send(visitor, field);
    List<Integer> keys = new ArrayList<>();
    FocusAttacks.SECRET.chars().forEach(c -> keys.add(visitor.press(field, c)));
    visitor.on(field, "FocusOut");
    visitor.focus(password, PASSWORD, 0);
    for (int key : keys) {
      visitor.answer(key);
    }
    visitor.on(password, "FocusOut");
    return Outcome.of(true, "every key answered")
        .and(FocusAttacks.unseen(f))
        .and(FocusAttacks.seen(f, 'a'));
  }

  /** Answers what the puppet was shown before it began to answer by itself. */
  private static void passes(Fixture f) throws Unsettled {
    List<Long> sequences = f.a().stream(0).sequences();
    for (long sequence : sequences.subList(1, sequences.size())) {
      f.a().send(0, Messages.answer(sequence, false), 1);
    }
  }

  private static boolean isEffect(Message message) {
    return message.member() != null
        && (message.member().startsWith("UpdatePreeditText")
            || message.member().equals("CommitText"));
  }

  private static byte[] effect(Fixture f, String cause) throws Unsettled {
    return Messages.answer(
        f.a().stream(0).sequences().getFirst(),
        true,
        cause.equals("preedit") ? Messages.preedit("a") : Messages.commit("a"));
  }

  private static Outcome atHost(Fixture f, String cause, HostEcho echo) throws Unsettled {
    f.a().behave(true, "none", "");
    Application application = f.live().application();
    application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
    f.a().awaitKeys(1);
    application.key(1, TAB, KeyAction.KEY_ACTION_PRESS);
    f.a().send(0, effect(f, cause), 1);
    Await.until(
        "effect of the key", Await.PATIENCE, () -> application.edited() > 0, application::toString);
    f.a().behave(true, "pass", "");
    passes(f);
    application.awaitAnswers();
    echo.send(application);
    echo.send(application);
    application.type(1, FocusAttacks.SECRET);
    application.focus(2, Application.password());
    Outcome answers = application.awaitAnswers();
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    return answers.and(FocusAttacks.unseen(f)).and(FocusAttacks.seen(f, 'a'));
  }
}
