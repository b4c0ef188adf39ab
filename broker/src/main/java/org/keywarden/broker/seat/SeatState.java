package org.keywarden.broker.seat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all parts of one seat share: the present moment, the focused field, and who has its keys.
 */
final class SeatState {
  static final long NEVER = Long.MAX_VALUE;

  final SeatLimits limits;

  /** The time of the event in hand, in ns of CLOCK_BOOTTIME. */
  long now = Long.MIN_VALUE;

  /** Number of the present epoch; a grant of another one is worth nothing. */
  long epoch;

  /** Number of focus changes so far. */
  long focusSession;

  /** Number of the last key of the focused field. */
  long sequence;

  /** When a field was last changed by anyone but its application, in ns. */
  long editedAt = NEVER;

  @Nullable Field focused;

  /** The grant the broker gave for the focused field; null unless granting or composing. */
  @Nullable Grant grant;

  private Route route = Route.UNFOCUSED;
  private String decidedBy = "no field has focus";
  private List<Effect> out = new ArrayList<>();

  SeatState(SeatLimits limits) {
    this.limits = limits;
  }

  /** Begins an event: what is emitted from now on is its effect, in order. */
  List<Effect> begin(long at) {
    now = at;
    out = new ArrayList<>();
    return out;
  }

  void emit(Effect effect) {
    if (effect instanceof HostEffect.EditField) {
      editedAt = now;
    }
    out.add(effect);
  }

  Route route() {
    return route;
  }

  String decidedBy() {
    return decidedBy;
  }

  /** The only place that changes the route. */
  void changeRoute(Route next, String reason) {
    boolean changed = next != route || next != Route.UNFOCUSED;
    route = next;
    decidedBy = reason;
    if (changed) {
      emit(new HostEffect.RouteChanged(focused == null ? null : focused.id, next));
    }
  }
}
