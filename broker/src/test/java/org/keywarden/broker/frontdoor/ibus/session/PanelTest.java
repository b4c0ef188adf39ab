package org.keywarden.broker.frontdoor.ibus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.CandidatesMove;
import org.keywarden.broker.seat.Edit;
import org.keywarden.broker.seat.Preedit;
import org.keywarden.broker.seat.Property;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.object.IbusLookupTable;
import org.keywarden.ibus.wire.Malformed;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/** The role of the panel, from the bus: who gets it, what it is told, and what it may say. */
final class PanelTest extends PanelScene {
  private static Edit twelve() {
    return new Edit.SetCandidates(
        new Candidates(
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"),
            6,
            5,
            List.of(),
            Candidates.Orientation.VERTICAL,
            true));
  }

  // Who.

  @Test
  void onlyAProcessTheBrokerKnowsGetsTheRole() {
    assertEquals("AccessDenied", Fixture.outcome(request(application, PANEL)));
    assertEquals("NameAcquired", request(panel, PANEL).member());
    door.trust.started(0);
    assertEquals("AccessDenied", Fixture.outcome(request(panel, PANEL)));
  }

  @Test
  void noOtherNameIsGiven() {
    for (String name : List.of("org.freedesktop.IBus.Config", PANEL + ".Extension.Gtk3", "a.b")) {
      assertEquals("AccessDenied", Fixture.outcome(request(panel, name)));
    }
  }

  @Test
  void whoIsTrustedNoMoreLosesTheRole() {
    own();
    door.trust.started(0);
    assertEquals(List.of("NameLost"), told());
    route(Route.COMPOSING);
    say(panel, "CursorUp");
    assertEquals(List.of("NameLost"), told());
    assertTrue(door.seen(SeatEvent.CandidatesMoved.class).isEmpty());
  }

  // What it is told.

  @Test
  void itIsToldWhatTheApplicationDoesNotShowItself() throws Malformed {
    own();
    route(Route.COMPOSING);
    edit(new Edit.SetPreedit(new Preedit("x", 1, false)));
    edit(twelve());
    edit(new Edit.SetAuxiliary("line"));
    edit(
        new Edit.SetProperties(
            List.of(new Property("k", Property.Kind.NORMAL, "l", "", "", true, true, false, ""))));
    assertEquals(
        List.of("FocusIn", "UpdateLookupTable", "UpdateAuxiliaryText", "RegisterProperties"),
        told());
    assertEquals(new Value.ObjectPath(context), panel.received.getFirst().body().getFirst());
    assertEquals(5, IbusLookupTable.from(panel.received.get(1).body().getFirst()).pageSize());
    panel.received.clear();
    route(Route.GUARDED);
    assertEquals(
        List.of("UpdateAuxiliaryText", "UpdateLookupTable", "RegisterProperties", "FocusOut"),
        told());
  }

  @Test
  void aPreeditIsForThePanelIfTheApplicationShowsNone() {
    own();
    application.capabilities(context, 8);
    route(Route.COMPOSING);
    edit(new Edit.SetPreedit(new Preedit("x", 1, false)));
    assertEquals(List.of("FocusIn", "UpdatePreeditText"), told());
  }

  @Test
  void whereTheCursorIsIsToldOfAComposingFieldOnly() {
    own();
    Value[] at = {new Value.Int32(1), new Value.Int32(2), new Value.Int32(3), new Value.Int32(4)};
    for (Route route : List.of(Route.DECIDING, Route.GRANTING, Route.DIRECT, Route.GUARDED)) {
      route(route);
      application.on(context, "SetCursorLocation", at);
    }
    assertEquals(List.of(), told());
    // What was said while it was guarded is not known any more.
    route(Route.COMPOSING);
    assertEquals(List.of("FocusIn"), told());
    application.on(context, "SetCursorLocation", at);
    application.on(context, "SetCursorLocationRelative", at);
    assertEquals(List.of("FocusIn", "SetCursorLocation", "SetCursorLocationRelative"), told());
  }

  @Test
  void ofAFieldThatDoesNotComposeItIsToldNothing() {
    own();
    for (Route route : List.of(Route.DECIDING, Route.GRANTING, Route.DIRECT, Route.GUARDED)) {
      route(route);
      edit(twelve());
      edit(new Edit.SetAuxiliary("line"));
    }
    assertEquals(List.of(), told());
  }

  @Test
  void oneThatComesLateIsToldWhatIsShown() {
    route(Route.COMPOSING);
    edit(twelve());
    panel.received.clear();
    request(panel, PANEL);
    assertEquals(List.of("null", "NameAcquired", "FocusIn", "UpdateLookupTable"), told());
  }

  // What it may say.

  @Test
  void aClickIsOnThePageThatIsShown() {
    own();
    route(Route.COMPOSING);
    edit(twelve());
    say(panel, "CandidateClicked", number(2), number(1), number(4 | 1 << 8));
    SeatEvent.CandidateClicked clicked = door.seen(SeatEvent.CandidateClicked.class).getFirst();
    assertEquals(field, clicked.field());
    assertEquals(7, clicked.click().index());
    assertEquals(1, clicked.click().button());
    assertEquals(4, clicked.click().modifiers());
  }

  @Test
  void aClickBesideWhatIsShownIsNothing() {
    own();
    route(Route.COMPOSING);
    edit(twelve());
    for (int place : new int[] {5, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      say(panel, "CandidateClicked", number(place), number(1), number(0));
    }
    say(panel, "CandidateClicked", number(0), number(0), number(0));
    say(panel, "CandidateClicked", number(0), number(4), number(0));
    say(panel, "CandidateClicked", number(0));
    assertTrue(door.seen(SeatEvent.CandidateClicked.class).isEmpty());
  }

  @Test
  void pagesAndPropertiesAreTheUsersActs() {
    own();
    route(Route.COMPOSING);
    say(panel, "PageUp");
    say(panel, "PageDown");
    say(panel, "CursorUp");
    say(panel, "CursorDown");
    assertEquals(
        List.of(CandidatesMove.values()),
        door.seen(SeatEvent.CandidatesMoved.class).stream()
            .map(SeatEvent.CandidatesMoved::move)
            .toList());
    say(panel, "PropertyActivate", Fixture.text("k"), number(1));
    assertEquals(
        List.of(new SeatEvent.PropertyActivated(field, "k", true)),
        door.seen(SeatEvent.PropertyActivated.class));
  }

  @Test
  void textOfAPanelIsCommittedNowhere() {
    own();
    route(Route.COMPOSING);
    int before = door.events.size();
    say(panel, "CommitText", new Value.Variant(Fixture.text("x")));
    assertEquals(before, door.events.size());
  }

  @Test
  void whatAnybodyElseSaysIsNothing() {
    own();
    route(Route.COMPOSING);
    edit(twelve());
    int before = door.events.size();
    say(application, "CandidateClicked", number(0), number(1), number(0));
    say(application, "PageDown");
    panel.door.receive(Message.signal("/other", PANEL, "PageDown").numbered(7));
    panel.door.receive(Message.signal(PATH, "a.b", "PageDown").numbered(7));
    assertEquals(before, door.events.size());
  }

  @Test
  void nothingIsClickedWhereNothingComposes() {
    own();
    route(Route.COMPOSING);
    edit(twelve());
    route(Route.GUARDED);
    int before = door.events.size();
    say(panel, "CandidateClicked", number(0), number(1), number(0));
    say(panel, "PageDown");
    say(panel, "PropertyActivate", Fixture.text("k"), number(1));
    assertEquals(before, door.events.size());
  }
}
