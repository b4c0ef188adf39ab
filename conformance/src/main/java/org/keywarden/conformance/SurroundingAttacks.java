package org.keywarden.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Hint;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.input.v1.Purpose;

/** Attacks with what a field says of the text around its cursor: it is of one stay in one field. */
final class SurroundingAttacks {
  private static final String SECRET = "QXZQXZ";
  private static final String BEYOND = "REFUSAL_OUT_OF_BOUNDS";
  private static final int FREE_FORM = 0;
  private static final int EMAIL = 6;
  private static final int PRIVATE = 1 << 11;

  private SurroundingAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G3",
            "text of a password field shown later",
            "A password field reports its text, then turns plain: no plugin gets the text.",
            SurroundingAttacks::afterPassword),
        Attack.of(
            "G3",
            "text of a password field that lost the focus",
            "It reports its text, loses the focus and is a plain field when it has it again: no"
                + " plugin gets it.",
            SurroundingAttacks::nextStay),
        unread("terminal", type(Purpose.PURPOSE_TERMINAL)),
        unread(
            "private field",
            ContentType.newBuilder()
                .setPurpose(Purpose.PURPOSE_FREE_FORM)
                .addHints(Hint.HINT_PRIVATE)
                .build()),
        Attack.of(
            "G1",
            "text of the field before in a private one",
            "An input context of IBus is used for a private field: the text of the one before is"
                + " not told.",
            SurroundingAttacks::reused),
        Attack.of(
            "G5",
            "delete by what another stay reported",
            "A field reports text, loses the focus and has it again: OUT_OF_BOUNDS, nothing is"
                + " deleted.",
            SurroundingAttacks::stale));
  }

  private static ContentType type(Purpose purpose) {
    return ContentType.newBuilder().setPurpose(purpose).build();
  }

  private static Outcome untold(Fixture f) throws Unsettled {
    boolean told = f.a().surroundings().stream().anyMatch(text -> text.contains(SECRET));
    return Outcome.of(!told, told ? "the text was told" : "the text was not told");
  }

  private static Outcome afterPassword(Fixture f) throws Unsettled {
    Application application = live(f);
    application.focus(2, Application.password());
    application.awaitRoute(Route.ROUTE_GUARDED);
    application.report(2, SECRET);
    application.declare(2, Application.plain());
    return next(f, application, 2);
  }

  private static Outcome nextStay(Fixture f) throws Unsettled {
    Application application = live(f);
    application.focus(2, Application.password());
    application.awaitRoute(Route.ROUTE_GUARDED);
    application.report(2, SECRET);
    application.blur(2);
    application.focus(2, Application.plain());
    return next(f, application, 2);
  }

  /** A composing field that has told its text, so that a deaf puppet proves nothing. */
  private static Application live(Fixture f) throws Unsettled {
    Application application = f.live().application();
    application.report(1, "plain");
    Await.until(
        "told text",
        Await.PATIENCE,
        () -> f.a().surroundings().contains("plain"),
        () -> "no text at all");
    return application;
  }

  /** Types on there, then in a field that composes in any case. */
  private static Outcome next(Fixture f, Application application, long field) throws Unsettled {
    application.type(field, "b");
    Outcome answers = application.awaitAnswers();
    application.focus(1, Application.plain());
    application.awaitRoute(Route.ROUTE_COMPOSING);
    application.type(1, "c");
    return answers.and(application.awaitAnswers()).and(untold(f)).and(FocusAttacks.seen(f, 'c'));
  }

  private static Attack unread(String name, ContentType type) {
    return Attack.of(
        "G3",
        "text of a " + name,
        "A " + name + " reports its text while it composes: no plugin gets it, then or later.",
        f -> {
          Application application = live(f);
          application.focus(2, type);
          application.awaitRoute(Route.ROUTE_COMPOSING);
          application.report(2, SECRET);
          return next(f, application, 2);
        });
  }

  private static Outcome reused(Fixture f) throws Unsettled {
    f.a().behave(true, "pass", "");
    DoorVisitor visitor = f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
    String context = visitor.context("gtk3-im:chrome");
    visitor.on(
        context,
        "SetCapabilities",
        new org.keywarden.ibus.wire.Value.UInt32(IbusCalls.WITH_SURROUNDING));
    long grant = FocusAttacks.grant(f);
    visitor.focus(context, FREE_FORM, 0);
    FocusAttacks.composing(f, grant);
    visitor.answer(visitor.report(context, SECRET));
    visitor.type(context, "a");
    visitor.on(context, "FocusOut");
    int before = f.a().surroundings().size();
    grant = FocusAttacks.grant(f);
    visitor.focus(context, EMAIL, PRIVATE);
    FocusAttacks.composing(f, grant);
    visitor.type(context, "b");
    Outcome none =
        Outcome.expect("texts told to the next", before, f.a().surroundings().size())
            .and(FocusAttacks.seen(f, 'b'));
    visitor.on(context, "FocusOut");
    return none;
  }

  private static Outcome stale(Fixture f) throws Unsettled {
    Application application = live(f);
    f.a().behave(true, "delete", "");
    application.blur(1);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    application.focus(1, Application.plain());
    application.awaitRoute(Route.ROUTE_COMPOSING);
    f.a().awaitToken(2);
    // An answer that is late for its key is refused for that, and says nothing.
    Await.until(
        "judged deletion",
        Await.PATIENCE,
        () -> {
          application.key(1, 'a', KeyAction.KEY_ACTION_PRESS);
          application.awaitAnswers();
          return application.deletions() > 0 || refusals(f).contains(BEYOND);
        },
        application::toString);
    return Outcome.expect("deletions", 0L, application.deletions())
        .and(Outcome.of(refusals(f).contains(BEYOND), "refused: " + refusals(f)))
        .and(application.awaitAnswers());
  }

  private static Set<String> refusals(Fixture f) throws Unsettled {
    Set<String> all = new HashSet<>();
    for (Puppeteer.Stream stream : f.a().streams()) {
      all.addAll(stream.refusals());
    }
    return all;
  }
}
