package org.keywarden.conformance;

import static org.keywarden.client.bus.IbusCalls.IBUS;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keywarden.client.bus.IbusCalls;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.host.v1.Route;

/**
 * An application that moves the focus between fields of its own as fast as it can: each move costs
 * a signature, a record on disk, and where one of the fields is secret the stopping of processes.
 */
final class FocusStorm {
  private static final int MOVES = 10_000;
  private static final int FREE_FORM = 0;
  private static final int PASSWORD = 8;

  /** What the seat gives at once, and per second after that, with some to spare. */
  private static final long AT_ONCE = 80;

  private static final long PER_SECOND = 60;

  private FocusStorm() {}

  static List<Attack> all() {
    return List.of(
        Attack.of(
            "G8",
            "focus storm between plain fields",
            MOVES + " focus changes at once: grants stay few, and another application composes.",
            f -> storm(f, FREE_FORM)),
        Attack.of(
            "G8",
            "focus storm between a plain and a password field",
            MOVES + " focus changes at once: grants stay few, and another application composes.",
            f -> storm(f, PASSWORD)));
  }

  private static Outcome storm(Fixture f, int other) throws Unsettled {
    f.a().behave(true, "pass", "");
    long before = liveGrant(f);
    long start = System.nanoTime();
    DoorVisitor restless = f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
    String one = restless.context("gtk3-im:kit");
    restless.focus(one, FREE_FORM, 0);
    String two = restless.context("gtk3-im:kit");
    restless.focus(two, other, 0);
    for (int move = 1; move < MOVES; move++) {
      move(restless, move % 2 == 0 ? one : two);
    }
    restless.answer(move(restless, one));
    restless.on(one, "FocusOut");
    long grants = liveGrant(f) - before;
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + 1;
    long most = AT_ONCE + PER_SECOND * seconds;
    return Outcome.of(grants <= most, grants + " grants in " + seconds + " s, at most " + most)
        .and(f.stillServes());
  }

  private static int move(DoorVisitor restless, String context) {
    return restless.send(IBUS, context, IbusCalls.CONTEXT, "FocusIn");
  }

  /** Grants are numbered one after another: the number of the one an honest application has now. */
  private static long liveGrant(Fixture f) throws Unsettled {
    DoorVisitor honest = f.keep(DoorVisitor.greeted(f.broker().ibusSocket()));
    String context = honest.context("gtk3-im:kit");
    f.a().reset();
    honest.focus(context, FREE_FORM, 0);
    Await.until(
        "composition",
        Await.PATIENCE,
        () ->
            f.broker().admin().getStatus(GetStatusRequest.getDefaultInstance()).getRoute()
                == Route.ROUTE_COMPOSING,
        () -> "none");
    long grant = f.broker().admin().getStatus(GetStatusRequest.getDefaultInstance()).getGrant();
    honest.type(context, "ab");
    if (!f.a().keysyms().equals(List.of(97, 98))) {
      throw new Unsettled("honest keys did not arrive");
    }
    honest.on(context, "FocusOut");
    return grant;
  }
}
