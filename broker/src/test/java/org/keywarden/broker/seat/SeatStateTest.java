package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.keywarden.broker.capability.Digest;

/** Which route may follow which; what a grant must be like for it; what a secret field refuses. */
final class SeatStateTest {
  /** Rows: from; columns: to; "x": in the same epoch, "n": in a new one only, "-": never. */
  private static final String TABLE =
      """
      from      Unfocused Deciding Awaiting Granting Composing Guarded Direct Paced
      Unfocused n         n        n        n        -         n       n      n
      Deciding  n         n        n        n        -         n       n      n
      Awaiting  n         n        x        x        -         x       x      x
      Granting  n         n        n        n        x         n       n      n
      Composing n         n        n        n        -         n       n      n
      Guarded   n         n        n        n        -         n       n      n
      Direct    n         n        n        n        -         n       n      n
      Paced     n         n        n        n        -         n       n      n
      """;

  private final SeatState state = new SeatState(SeatLimits.DEFAULT);
  private final Field field =
      new Field(
          new FieldId(1, 1),
          new Application("app", "", false),
          new FieldTraits(true, false, false));

  private Grant grant(Grant.Stage stage) {
    return new Grant(
        1,
        null,
        new PluginInstance(1),
        "app",
        1,
        state.epoch,
        Set.of(),
        true,
        1,
        Digest.sha256(new byte[0]),
        0,
        stage);
  }

  private RouteState named(String name) {
    return switch (name) {
      case "Unfocused" -> new RouteState.Unfocused();
      case "Deciding" -> new RouteState.Deciding(field, 1);
      case "Awaiting" -> new RouteState.Awaiting(field, "", 1);
      case "Granting" -> new RouteState.Granting(field, "", grant(new Grant.Stage.Live()));
      case "Composing" ->
          state.in() instanceof RouteState.Granting granting
              ? granting.presented()
              : new RouteState.Composing(field, "", grant(new Grant.Stage.Live()));
      case "Guarded" -> new RouteState.Guarded(field, "");
      case "Direct" -> new RouteState.Direct(field, "");
      case "Paced" -> new RouteState.Paced(field, "", 1);
      default -> throw new AssertionError(name);
    };
  }

  private void enterAnew(String name) {
    state.epoch++;
    if (name.equals("Composing")) {
      state.enter(named("Granting"));
    }
    state.enter(named(name));
  }

  private void refused(RouteState next) {
    RouteState before = state.in();
    assertThrows(IllegalStateException.class, () -> state.enter(next));
    assertSame(before, state.in());
  }

  private static void check(String from, String to, String cell) {
    SeatStateTest within = new SeatStateTest();
    within.enterAnew(from);
    RouteState next = within.named(to);
    if (cell.equals("x")) {
      within.state.enter(next);
      assertSame(next, within.state.in());
    } else {
      within.refused(next);
    }
    SeatStateTest anew = new SeatStateTest();
    anew.enterAnew(from);
    anew.state.epoch++;
    RouteState then = anew.named(to);
    if (to.equals("Composing")) {
      anew.refused(then);
    } else {
      anew.state.enter(then);
      assertSame(then, anew.state.in());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyPairIsDecided() {
    List<String> lines = TABLE.lines().toList();
    String[] names = lines.getFirst().split("\\s+");
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\\s+");
      for (int i = 1; i < cells.length; i++) {
        String to = names[i];
        String cell = cells[i];
        tests.add(
            DynamicTest.dynamicTest(
                cells[0] + " -> " + to + " " + cell, () -> check(cells[0], to, cell)));
      }
    }
    return tests.stream();
  }

  @Test
  void onlyTheGrantThatIsWaitedForAndLiveComposes() {
    state.epoch++;
    Grant offered = grant(new Grant.Stage.Offered(1));
    RouteState.Granting granting = new RouteState.Granting(field, "", offered);
    state.enter(granting);
    refused(new RouteState.Composing(field, "", grant(new Grant.Stage.Live())));
    refused(granting.presented());
    offered.stage = new Grant.Stage.Live();
    state.enter(granting.presented());
  }

  @Test
  void aGrantOfAnotherEpochIsNotWaitedFor() {
    Grant old = grant(new Grant.Stage.Recording(1));
    state.epoch++;
    refused(new RouteState.Granting(field, "", old));
  }

  @Test
  void aSecretFieldIsGuardedAndNothingElse() {
    field.mark(SecretBy.TERMINAL, true);
    state.epoch++;
    for (String name : List.of("Deciding", "Awaiting", "Granting", "Direct", "Paced")) {
      refused(named(name));
    }
    state.enter(named("Guarded"));
  }

  @Test
  void aGrantWhoseFieldTurnedSecretDoesNotCompose() {
    state.epoch++;
    state.enter(named("Granting"));
    field.mark(SecretBy.TERMINAL, true);
    refused(named("Composing"));
  }
}
