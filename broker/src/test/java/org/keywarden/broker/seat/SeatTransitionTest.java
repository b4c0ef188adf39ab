package org.keywarden.broker.seat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.capability.TestCapabilities;
import org.keywarden.policy.Decision;
import org.keywarden.policy.Facts;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.policy.RoutePolicy;

/** Every pair of route and event: where it leads, or that it is illegal and changes nothing. */
final class SeatTransitionTest {
  private static final FieldId FIELD = new FieldId(1, 1);
  private static final FieldId OTHER = new FieldId(2, 1);
  private static final FieldId UNKNOWN = new FieldId(9, 9);
  private static final ContentType PLAIN = new ContentType(Purpose.FREE_FORM, Set.of(), false);
  private static final ContentType URL = new ContentType(Purpose.URL, Set.of(), false);
  private static final ContentType PASSWORD = new ContentType(Purpose.PASSWORD, Set.of(), false);
  private static final PluginInstance INSTANCE = new PluginInstance(1);
  private static final Digest HOLDER = Digest.sha256(new byte[] {1});
  private static final Key KEY = new Key('k', 45, 0, KeyAction.PRESS);

  /** Columns: the route before. Cells: the route after; "!" illegal. */
  private static final String TABLE =
      """
      event                    UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      FieldOpened              UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      FieldOpened-again        !         !         !         !         !         !
      FieldClosed              UNFOCUSED UNFOCUSED UNFOCUSED UNFOCUSED UNFOCUSED UNFOCUSED
      FieldClosed-other        UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      FieldClosed-unknown      !         !         !         !         !         !
      FocusGained-plain        GRANTING  GRANTING  GRANTING  COMPOSING GUARDED   DIRECT
      FocusGained-secret       GUARDED   GUARDED   GUARDED   GUARDED   GUARDED   GUARDED
      FocusGained-other        GRANTING  GUARDED   GRANTING  GRANTING  GUARDED   DIRECT
      FocusGained-unknown      !         !         !         !         !         !
      FocusLost                UNFOCUSED UNFOCUSED UNFOCUSED UNFOCUSED UNFOCUSED UNFOCUSED
      FocusLost-other          UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      FocusLost-unknown        !         !         !         !         !         !
      ContentType-secret       UNFOCUSED GUARDED   GUARDED   GUARDED   GUARDED   GUARDED
      ContentType-other        UNFOCUSED GRANTING  GRANTING  GRANTING  GUARDED   DIRECT
      ContentType-unknown      !         !         !         !         !         !
      SecrecyMarked            UNFOCUSED GUARDED   GUARDED   GUARDED   GUARDED   GUARDED
      SecrecyMarked-no         UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      SecrecyMarked-other      UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      SecrecyMarked-unknown    !         !         !         !         !         !
      KeyTyped                 UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      KeyTyped-other           UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      KeyTyped-unknown         !         !         !         !         !         !
      FieldReset               UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      FieldReset-unknown       !         !         !         !         !         !
      SurroundingChanged       UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      Surrounding-unknown      !         !         !         !         !         !
      CursorMoved              UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      CursorMoved-unknown      !         !         !         !         !         !
      KeysHandled              UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      KeysHandled-unknown      !         !         !         !         !         !
      CandidateClicked         UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      CandidateClicked-unknown !         !         !         !         !         !
      CandidatesMoved          UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      CandidatesMoved-unknown  !         !         !         !         !         !
      PropertyActivated        UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      PropertyActivated-unknown !        !         !         !         !         !
      PluginReady              UNFOCUSED DECIDING  GRANTING  GRANTING  GUARDED   GRANTING
      PluginReady-other        UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      PluginReady-again        !         !         !         !         !         DIRECT
      PluginLost               UNFOCUSED DECIDING  DIRECT    DIRECT    GUARDED   DIRECT
      PluginLost-other         UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      ComposeOpened            UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      ComposeClosed            UNFOCUSED DECIDING  DIRECT    DIRECT    GUARDED   DIRECT
      KeyAnswered              UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      ActionTaken              UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      RenewalPresented         UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      DerivationAsked          UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      TokenRecorded            UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      TokenNotRecorded         UNFOCUSED DECIDING  DIRECT    COMPOSING GUARDED   DIRECT
      TrustedReady-again       !         !         !         !         !         !
      TrustedLost              UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      TrustedAnswered          UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      PluginSelected-other     UNFOCUSED DECIDING  DIRECT    DIRECT    GUARDED   DIRECT
      PluginSelected-same      UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      PolicyReplaced           UNFOCUSED DECIDING  GUARDED   GUARDED   GUARDED   GUARDED
      SessionLockChanged       UNFOCUSED GUARDED   GUARDED   GUARDED   GUARDED   GUARDED
      Resumed                  UNFOCUSED DECIDING  GRANTING  GRANTING  GUARDED   DIRECT
      TimePassed               UNFOCUSED DECIDING  GRANTING  COMPOSING GUARDED   DIRECT
      TimePassed-long          UNFOCUSED GUARDED   DIRECT    GRANTING  GUARDED   DIRECT
      """;

  /** A seat in one of its routes, the field in focus announcing its type. */
  private static final class Fixture {
    final Seat seat = new Seat(SeatLimits.DEFAULT, new Policy(false), "ime");
    final List<TokenRequest> issued = new ArrayList<>();
    long now = 1;

    List<Effect> post(SeatEvent event) {
      List<Effect> effects = seat.handle(now, event);
      for (Effect effect : effects) {
        if (effect instanceof RecordEffect.IssueToken issue) {
          issued.add(issue.request());
        }
      }
      return effects;
    }

    static Fixture in(Route route) {
      Fixture fixture = new Fixture();
      FieldTraits announcing = new FieldTraits(true, false, false);
      Application application = new Application("test", "", false);
      fixture.post(new SeatEvent.FieldOpened(FIELD, application, announcing));
      fixture.post(new SeatEvent.FieldOpened(OTHER, application, announcing));
      fixture.post(new SeatEvent.TrustedReady(1));
      if (route != Route.DIRECT) {
        fixture.post(new SeatEvent.PluginReady(INSTANCE, facts("ime"), HOLDER));
      }
      switch (route) {
        case UNFOCUSED -> {}
        case DECIDING -> fixture.post(new SeatEvent.FocusGained(FIELD, null));
        case GRANTING, DIRECT -> fixture.post(new SeatEvent.FocusGained(FIELD, PLAIN));
        case GUARDED -> fixture.post(new SeatEvent.FocusGained(FIELD, PASSWORD));
        case COMPOSING -> {
          fixture.post(new SeatEvent.FocusGained(FIELD, PLAIN));
          TokenRequest request = fixture.issued.getLast();
          fixture.post(recorded(request));
          fixture.post(new SeatEvent.ComposeOpened(1, TestCapabilities.verified(request)));
        }
      }
      assertEquals(route, fixture.seat.status().route(), "the fixture");
      return fixture;
    }

    TokenRequest lastIssued() {
      return issued.isEmpty()
          ? new TokenRequest(
              1, 1, 0, false, INSTANCE, "ime", 1, 1, "test", Set.of(), 1, 1, 2, HOLDER)
          : issued.getLast();
    }
  }

  private static SeatEvent recorded(TokenRequest request) {
    return new SeatEvent.TokenRecorded(request.issue(), TestCapabilities.token());
  }

  private static PluginFacts facts(String id) {
    return new PluginFacts(id, List.of("ja"), EnumSet.allOf(Right.class));
  }

  private record Policy(boolean guards) implements RoutePolicy {
    @Override
    public Decision decide(Facts facts) {
      return guards || !facts.field().announced()
          ? new Decision.Guard("guard")
          : new Decision.Compose("compose", facts.plugin().rights(), Duration.ofSeconds(10), true);
    }

    @Override
    public byte[] digest() {
      return new byte[32];
    }
  }

  private static final Map<String, Function<Fixture, SeatEvent>> EVENTS =
      Map.ofEntries(
          event("FieldOpened", f -> opened(new FieldId(3, 1))),
          event("FieldOpened-again", f -> opened(FIELD)),
          event("FieldClosed", f -> new SeatEvent.FieldClosed(FIELD)),
          event("FieldClosed-other", f -> new SeatEvent.FieldClosed(OTHER)),
          event("FieldClosed-unknown", f -> new SeatEvent.FieldClosed(UNKNOWN)),
          event("FocusGained-plain", f -> new SeatEvent.FocusGained(FIELD, PLAIN)),
          event("FocusGained-secret", f -> new SeatEvent.FocusGained(FIELD, PASSWORD)),
          event("FocusGained-other", f -> new SeatEvent.FocusGained(OTHER, PLAIN)),
          event("FocusGained-unknown", f -> new SeatEvent.FocusGained(UNKNOWN, null)),
          event("FocusLost", f -> new SeatEvent.FocusLost(FIELD)),
          event("FocusLost-other", f -> new SeatEvent.FocusLost(OTHER)),
          event("ContentType-secret", f -> new SeatEvent.ContentTypeChanged(FIELD, PASSWORD)),
          event("ContentType-other", f -> new SeatEvent.ContentTypeChanged(FIELD, URL)),
          event("SecrecyMarked", f -> new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, true)),
          event(
              "SecrecyMarked-no",
              f -> new SeatEvent.SecrecyMarked(FIELD, SecretBy.TERMINAL, false)),
          event(
              "SecrecyMarked-other",
              f -> new SeatEvent.SecrecyMarked(OTHER, SecretBy.TERMINAL, true)),
          event(
              "SecrecyMarked-unknown",
              f -> new SeatEvent.SecrecyMarked(UNKNOWN, SecretBy.TERMINAL, true)),
          event("KeyTyped", f -> new SeatEvent.KeyTyped(FIELD, 1, KEY)),
          event("KeyTyped-other", f -> new SeatEvent.KeyTyped(OTHER, 1, KEY)),
          event("KeyTyped-unknown", f -> new SeatEvent.KeyTyped(UNKNOWN, 1, KEY)),
          event("FieldReset", f -> new SeatEvent.FieldReset(FIELD)),
          event(
              "SurroundingChanged",
              f -> new SeatEvent.SurroundingChanged(FIELD, new SurroundingText("x", 1, 1))),
          event("CursorMoved", f -> new SeatEvent.CursorMoved(FIELD)),
          event(
              "CandidateClicked",
              f -> new SeatEvent.CandidateClicked(FIELD, new CandidateClick(0, 1, 0))),
          event(
              "CandidatesMoved",
              f -> new SeatEvent.CandidatesMoved(FIELD, CandidatesMove.PAGE_DOWN)),
          event("PropertyActivated", f -> new SeatEvent.PropertyActivated(FIELD, "mode", true)),
          event("PluginReady", f -> ready(new PluginInstance(2), "ime")),
          event("PluginReady-other", f -> ready(new PluginInstance(2), "another")),
          event("PluginReady-again", f -> ready(INSTANCE, "another")),
          event("PluginLost", f -> new SeatEvent.PluginLost(INSTANCE)),
          event("PluginLost-other", f -> new SeatEvent.PluginLost(new PluginInstance(9))),
          event(
              "ComposeOpened",
              f -> new SeatEvent.ComposeOpened(1, TestCapabilities.verified(f.lastIssued()))),
          event("ComposeClosed", f -> new SeatEvent.ComposeClosed(f.lastIssued().grant())),
          event("KeyAnswered", f -> new SeatEvent.KeyAnswered(1, 1, true, List.of())),
          event("ActionTaken", f -> new SeatEvent.ActionTaken(1, new Action.Commit("x"))),
          event(
              "RenewalPresented",
              f -> new SeatEvent.RenewalPresented(TestCapabilities.verified(f.lastIssued()))),
          event(
              "DerivationAsked",
              f -> new SeatEvent.DerivationAsked(1, 1, Set.of(Right.COMMIT_TEXT), 1, HOLDER)),
          event("TokenRecorded", f -> recorded(f.lastIssued())),
          event("TokenNotRecorded", f -> new SeatEvent.TokenNotRecorded(f.lastIssued().issue())),
          event("TrustedReady-again", f -> new SeatEvent.TrustedReady(2)),
          event("TrustedLost", f -> new SeatEvent.TrustedLost(1)),
          event("TrustedAnswered", f -> new SeatEvent.TrustedAnswered(1, 1, true, "x")),
          event("PluginSelected-other", f -> new SeatEvent.PluginSelected("another", "")),
          event("PluginSelected-same", f -> new SeatEvent.PluginSelected("ime", "")),
          event("PolicyReplaced", f -> new SeatEvent.PolicyReplaced(new Policy(true))),
          event("SessionLockChanged", f -> new SeatEvent.SessionLockChanged(true)),
          event("Resumed", f -> new SeatEvent.Resumed()),
          event("FocusLost-unknown", f -> new SeatEvent.FocusLost(UNKNOWN)),
          event("ContentType-unknown", f -> new SeatEvent.ContentTypeChanged(UNKNOWN, PLAIN)),
          event("FieldReset-unknown", f -> new SeatEvent.FieldReset(UNKNOWN)),
          event(
              "Surrounding-unknown",
              f -> new SeatEvent.SurroundingChanged(UNKNOWN, new SurroundingText("x", 1, 1))),
          event("CursorMoved-unknown", f -> new SeatEvent.CursorMoved(UNKNOWN)),
          event("KeysHandled", f -> new SeatEvent.KeysHandled(FIELD, 1)),
          event("KeysHandled-unknown", f -> new SeatEvent.KeysHandled(UNKNOWN, 1)),
          event(
              "CandidateClicked-unknown",
              f -> new SeatEvent.CandidateClicked(UNKNOWN, new CandidateClick(0, 1, 0))),
          event(
              "CandidatesMoved-unknown",
              f -> new SeatEvent.CandidatesMoved(UNKNOWN, CandidatesMove.PAGE_DOWN)),
          event(
              "PropertyActivated-unknown",
              f -> new SeatEvent.PropertyActivated(UNKNOWN, "mode", true)),
          event("TimePassed", f -> new SeatEvent.TimePassed()),
          event(
              "TimePassed-long",
              f -> {
                f.now += Duration.ofSeconds(11).toNanos();
                return new SeatEvent.TimePassed();
              }));

  private static Map.Entry<String, Function<Fixture, SeatEvent>> event(
      String name, Function<Fixture, SeatEvent> make) {
    return Map.entry(name, make);
  }

  private static SeatEvent opened(FieldId field) {
    return new SeatEvent.FieldOpened(
        field, new Application("test", "", false), new FieldTraits(true, false, false));
  }

  private static SeatEvent ready(PluginInstance instance, String id) {
    return new SeatEvent.PluginReady(instance, facts(id), HOLDER);
  }

  @TestFactory
  Stream<DynamicTest> everyPairIsDecided() {
    List<String> lines = TABLE.lines().toList();
    String[] routes = lines.getFirst().split("\\s+");
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\\s+");
      for (int i = 1; i < cells.length; i++) {
        Route before = Route.valueOf(routes[i]);
        String after = cells[i];
        tests.add(
            DynamicTest.dynamicTest(
                before + " x " + cells[0] + " -> " + after, () -> check(before, cells[0], after)));
      }
    }
    return tests.stream();
  }

  private static void check(Route before, String name, String after) {
    Fixture fixture = Fixture.in(before);
    SeatEvent event = java.util.Objects.requireNonNull(EVENTS.get(name), name).apply(fixture);
    SeatStatus status = fixture.seat.status();
    if (after.equals("!")) {
      assertThrows(IllegalEvent.class, () -> fixture.post(event));
      assertEquals(status, fixture.seat.status(), "an illegal event changes nothing");
      return;
    }
    fixture.post(event);
    assertEquals(Route.valueOf(after), fixture.seat.status().route());
    if (fixture.seat.status().route() != before) {
      boolean opens = before == Route.GRANTING && after.equals("COMPOSING");
      assertEquals(opens, status.epoch() == fixture.seat.status().epoch(), "the epoch moves");
    }
  }

  @TestFactory
  Stream<DynamicTest> theTableHasARowForEveryEvent() {
    return kinds(SeatEvent.class)
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.getSimpleName(),
                    () -> {
                      String row =
                          kind.getSimpleName().replace("ContentTypeChanged", "ContentType");
                      if (TABLE.lines().noneMatch(line -> line.startsWith(row))) {
                        throw new AssertionError("no row for " + row);
                      }
                    }));
  }

  private static Stream<Class<?>> kinds(Class<?> of) {
    return of.isSealed()
        ? Stream.of(of.getPermittedSubclasses()).flatMap(SeatTransitionTest::kinds)
        : Stream.of(of);
  }
}
