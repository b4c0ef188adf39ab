package org.keywarden.broker.seat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.policy.Right;

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

  private RouteState in = new RouteState.Unfocused();

  /** The epoch in which that was entered. */
  private long since;

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

  /** The route of the focused field. */
  RouteState in() {
    return in;
  }

  Route route() {
    return in.route();
  }

  @Nullable Field focused() {
    return in instanceof RouteState.Focused of ? of.field() : null;
  }

  /** The grant the broker gave for the focused field; null unless granting or composing. */
  @Nullable Grant grant() {
    return in instanceof RouteState.Granted of ? of.grant() : null;
  }

  /**
   * The only place that changes the route.
   *
   * @throws IllegalStateException if the table at {@link Seat} has no such arrow; nothing is
   *     changed
   */
  void enter(RouteState next) {
    if (!mayFollow(next)) {
      throw new IllegalStateException("no arrow from " + in.route() + " to " + next.route());
    }
    boolean changed = next.route() != in.route() || next.route() != Route.UNFOCUSED;
    in = next;
    since = epoch;
    if (changed) {
      Field focused = focused();
      emit(
          new HostEffect.RouteChanged(
              focused == null ? null : focused.id, next.route(), readsText(next)));
    }
  }

  /**
   * Within an epoch a grant that was waited for is begun, or not, and one that is presented
   * composes; all else needs a new epoch. A field that is called secret is guarded.
   */
  private boolean mayFollow(RouteState next) {
    boolean anew = epoch != since;
    boolean decided = anew || in instanceof RouteState.Awaiting;
    boolean plain = !(next instanceof RouteState.Focused of && of.field().secret());
    return switch (next) {
      case RouteState.Unfocused to -> anew;
      case RouteState.Deciding to -> anew && plain;
      case RouteState.Awaiting to -> decided && plain;
      case RouteState.Granting to -> decided && plain && to.grant().epoch == epoch;
      case RouteState.Composing to ->
          !anew
              && plain
              && in instanceof RouteState.Granting from
              && from.grant() == to.grant()
              && to.grant().live();
      case RouteState.Guarded to -> decided;
      case RouteState.Direct to -> decided && plain;
      case RouteState.Paced to -> decided && plain;
    };
  }

  /** Deletions too are judged by that text ({@link OutputRules#within}). */
  private static boolean readsText(RouteState route) {
    return route instanceof RouteState.Composing of
        && (of.grant().rights.contains(Right.READ_SURROUNDING)
            || of.grant().rights.contains(Right.DELETE_SURROUNDING));
  }
}
