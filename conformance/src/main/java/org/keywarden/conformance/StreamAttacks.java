package org.keywarden.conformance;

import java.util.List;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.input.v1.ContentType;

/** Attacks with a stream that is or was legitimately open. */
final class StreamAttacks {
  /** What a plugin may have been shown and not yet read when a grant ends. */
  private static final int MOST_AT_PLUGIN = 16;

  private StreamAttacks() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G1",
            "second stream on one grant",
            "The token of an open stream, presented again: GRANT_IN_USE.",
            StreamAttacks::second),
        Attack.of(
            "G2",
            "stream ends with its grant",
            "A field loses focus: its stream ends with GRANT_REVOKED.",
            StreamAttacks::ends),
        Attack.of(
            "G2",
            "reading on after revocation",
            "Keys of the next field never come on the old stream.",
            StreamAttacks::readsOn),
        Attack.of(
            "G2",
            "slow reader drains later",
            "A stream unread until after its grant ended: at most 16 keys, none typed after.",
            StreamAttacks::slow),
        Attack.of(
            "G3",
            "password behind a full window",
            "Reading stops before a password field gains focus: none of its keys come out later.",
            StreamAttacks::slowAtPassword),
        Attack.of(
            "G2",
            "old token as renewal",
            "The first field's token as a renewal on the second's stream changes nothing.",
            StreamAttacks::renewal));
  }

  private static Outcome second(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    Outcome refused =
        Outcome.expect("refused", "GRANT_IN_USE", f.a().present(live.token(), "honest", "same"));
    live.application().type(1, "a");
    return refused.and(live.application().awaitAnswers());
  }

  private static Outcome ends(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    live.end();
    return Outcome.expect("stream ended", "GRANT_REVOKED", f.a().awaitEnd(0));
  }

  private static Outcome readsOn(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    live.application().type(1, "a");
    live.application().awaitAnswers();
    live.application().focus(2, Application.plain());
    live.application().awaitRoute(Route.ROUTE_COMPOSING);
    f.a().awaitToken(2);
    live.application().type(2, "b");
    Outcome answers = live.application().awaitAnswers();
    boolean kept = !f.a().stream(0).keysyms().contains((int) 'b');
    return answers.and(Outcome.of(kept, "old stream saw " + f.a().stream(0).keysyms()));
  }

  private static Outcome slow(Fixture f) throws Unsettled {
    return drained(f, Application.plain());
  }

  private static Outcome slowAtPassword(Fixture f) throws Unsettled {
    return drained(f, Application.password());
  }

  private static Outcome drained(Fixture f, ContentType next) throws Unsettled {
    Fixture.Live live = f.live();
    Application application = live.application();
    f.a().read(0, false);
    application.type(1, "abcdefgh");
    application.focus(2, next);
    application.type(2, "ZZZZ");
    Outcome answers = application.awaitAnswers();
    application.blur(2);
    application.awaitRoute(Route.ROUTE_UNFOCUSED);
    f.a().read(0, true);
    f.a().awaitEnd(0);
    List<Integer> seen = f.a().stream(0).keysyms();
    boolean bounded = seen.size() <= MOST_AT_PLUGIN && !seen.contains((int) 'Z');
    return answers.and(Outcome.of(bounded, seen.size() + " keys drained, none of the next field"));
  }

  private static Outcome renewal(Fixture f) throws Unsettled {
    Fixture.Live live = f.live();
    live.application().focus(2, Application.plain());
    f.a().awaitToken(2);
    live.application().awaitRoute(Route.ROUTE_COMPOSING);
    f.a().send(1, Messages.renewal(live.token()), 1);
    live.application().type(2, "b");
    Outcome answers = live.application().awaitAnswers();
    Puppeteer.Stream old = f.a().stream(0);
    return answers.and(Outcome.expect("keys on the old stream", List.of(), old.keysyms()));
  }
}
