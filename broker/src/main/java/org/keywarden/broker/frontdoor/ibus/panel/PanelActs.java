package org.keywarden.broker.frontdoor.ibus.panel;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.CandidateClick;
import org.keywarden.broker.seat.Candidates;
import org.keywarden.broker.seat.CandidatesMove;
import org.keywarden.broker.seat.FieldId;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.ibus.wire.Message;
import org.keywarden.ibus.wire.Value;

/**
 * What a panel says, as the user's acts on the field that composes. Text that it would commit is
 * none: a panel shows what there is to choose, the input method commits.
 */
final class PanelActs {
  /** X11 modifiers; the rest of a state is IBus's own or pointer buttons. */
  private static final int MODIFIERS = 0xFF;

  private static final int LAST_BUTTON = 3;

  private PanelActs() {}

  /** The act that a signal is; null if it is none, or for nothing that is shown. */
  static SeatEvent.@Nullable OfField of(Message signal, FieldId field, Candidates shown) {
    return switch (signal.member() + " " + signal.signature()) {
      case "CandidateClicked uuu" -> click(signal, field, shown);
      case "PageUp " -> new SeatEvent.CandidatesMoved(field, CandidatesMove.PAGE_UP);
      case "PageDown " -> new SeatEvent.CandidatesMoved(field, CandidatesMove.PAGE_DOWN);
      case "CursorUp " -> new SeatEvent.CandidatesMoved(field, CandidatesMove.CURSOR_UP);
      case "CursorDown " -> new SeatEvent.CandidatesMoved(field, CandidatesMove.CURSOR_DOWN);
      // Declared with a signed state, sent with an unsigned one (libibus, ibuspanelservice.c).
      case "PropertyActivate su", "PropertyActivate si" ->
          signal.body().getFirst() instanceof Value.Str key
              ? new SeatEvent.PropertyActivated(field, key.value(), number(signal, 1) == 1)
              : null;
      default -> null;
    };
  }

  private static SeatEvent.@Nullable OfField click(
      Message signal, FieldId field, Candidates shown) {
    int place = number(signal, 0);
    int button = number(signal, 1);
    int index = shown.selected() / shown.pageSize() * shown.pageSize() + place;
    boolean there = place >= 0 && place < shown.pageSize() && index < shown.texts().size();
    return there && button >= 1 && button <= LAST_BUTTON
        ? new SeatEvent.CandidateClicked(
            field, new CandidateClick(index, button, number(signal, 2) & MODIFIERS))
        : null;
  }

  private static int number(Message of, int at) {
    return switch (of.body().get(at)) {
      case Value.UInt32 number -> number.value();
      case Value.Int32 number -> number.value();
      default -> -1;
    };
  }
}
