package org.keywarden.broker.app;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.seat.Effect;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.IllegalEvent;
import org.keywarden.broker.seat.Lack;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.broker.seat.RecordEffect;
import org.keywarden.broker.seat.Route;
import org.keywarden.broker.seat.Seat;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.broker.seat.SeatStatus;
import org.keywarden.broker.seat.TrustedEffect;

/**
 * The seat's thread: hands events to the seat one at a time, does what it asks before the next, and
 * wakes it when its next deadline is due.
 *
 * <p>What fails takes nothing with it: each effect is tried by itself, events that wait are
 * handled, and the alarm is set in any case. What must not fail unnoticed fails closed: a
 * revocation ends the plugin's process; where that fails too, where plugins cannot be stopped,
 * where a grant's end cannot be recorded and where the seat itself fails, the broker ends.
 */
final class SeatLoop implements SeatInbox {
  private final Seat seat;
  private final SeatThread thread;
  private final LongSupplier clock;
  private final BiConsumer<SeatEvent, Route> journal;
  private final Consumer<String> warnings;
  private final Set<String> warned = new HashSet<>();
  private final ArrayDeque<SeatEvent> waiting = new ArrayDeque<>();
  private @Nullable SeatHands hands;
  private boolean busy;
  private boolean ended;
  private @Nullable Runnable cancelAlarm;
  private long alarmAt = Long.MAX_VALUE;

  /**
   * @param journal told of each event, and of the route after it
   * @param warnings takes a line for each kind of failure, which holds nothing that was typed
   */
  SeatLoop(
      Seat seat,
      SeatThread thread,
      LongSupplier clock,
      BiConsumer<SeatEvent, Route> journal,
      Consumer<String> warnings) {
    this.seat = seat;
    this.thread = thread;
    this.clock = clock;
    this.journal = journal;
    this.warnings = warnings;
  }

  /** Says who does what the seat asks; before the first event. */
  void connect(SeatHands to) {
    hands = to;
  }

  @Override
  public void post(SeatEvent event) {
    if (!thread.isCurrent()) {
      throw new IllegalStateException("the seat is entered on its own thread only");
    }
    SeatHands to = hands;
    if (to == null) {
      throw new IllegalStateException("connect comes before the first event");
    }
    waiting.addLast(event);
    if (busy) {
      return;
    }
    busy = true;
    try {
      for (SeatEvent next = waiting.pollFirst();
          next != null && !ended;
          next = waiting.pollFirst()) {
        take(next, to);
      }
    } finally {
      busy = false;
      setAlarm();
    }
  }

  Lack lack() {
    return seat.lack();
  }

  long forgetfulStay() {
    return seat.forgetfulStay();
  }

  String selectedPlugin() {
    return seat.selectedPlugin();
  }

  long epoch() {
    return seat.epoch();
  }

  SeatStatus status() {
    return seat.status();
  }

  private void take(SeatEvent event, SeatHands to) {
    List<Effect> effects;
    try {
      effects = seat.handle(clock.getAsLong(), event);
    } catch (IllegalEvent unchanged) {
      warn("an event", event, unchanged);
      return;
    } catch (RuntimeException | Error torn) {
      // What it had decided by then, a revocation perhaps, is lost.
      warn("an event", event, torn);
      end(to);
      return;
    }
    Route route = seat.route();
    attempt(event, () -> to.standing().follow(route, seat.secretTyped()), () -> end(to));
    effects.forEach(effect -> carryOut(effect, to));
    attempt(event, () -> journal.accept(event, route), () -> {});
  }

  private void carryOut(Effect effect, SeatHands to) {
    switch (effect) {
      case HostEffect e ->
          to.applications().forEach(door -> attempt(e, () -> door.accept(e), () -> {}));
      case PluginEffect e -> attempt(e, () -> to.plugins().accept(e), () -> closed(e, to));
      case TrustedEffect e -> attempt(e, () -> to.trusted().accept(e), () -> {});
      case RecordEffect e -> attempt(e, () -> to.records().accept(e), () -> closed(e, to));
    }
  }

  /** An effect on plugins failed: whatever it was to end is ended. */
  private void closed(PluginEffect failed, SeatHands to) {
    switch (failed) {
      case PluginEffect.Revoke e ->
          attempt(e, () -> to.expel().accept(e.instance()), () -> end(to));
      case PluginEffect.RestartPlugin e ->
          attempt(e, () -> to.expel().accept(e.instance()), () -> end(to));
      // What is not given or not said leaves the plugin with less; the seat's deadlines see to it.
      case PluginEffect e -> {}
    }
  }

  /** An effect on the log failed: what is not recorded is not used, and has to have its end. */
  private void closed(RecordEffect failed, SeatHands to) {
    switch (failed) {
      case RecordEffect.IssueToken e ->
          waiting.addLast(new SeatEvent.TokenNotRecorded(e.request().issue()));
      case RecordEffect.CloseGrant e -> end(to);
      case RecordEffect.RecordRefusal e -> {}
      case RecordEffect.WithholdGrant e -> {}
    }
  }

  private void attempt(Object what, Runnable action, Runnable otherwise) {
    try {
      action.run();
    } catch (RuntimeException | Error failed) {
      warn("what follows from", what, failed);
      otherwise.run();
    }
  }

  private void end(SeatHands to) {
    ended = true;
    waiting.clear();
    to.end().run();
  }

  /** Each kind of failure once; never with a message, which may hold what was typed. */
  private void warn(String of, Object what, Throwable failed) {
    StackTraceElement[] trace = failed.getStackTrace();
    String line =
        "%s %s failed: %s%s"
            .formatted(
                of,
                what.getClass().getSimpleName(),
                failed.getClass().getName(),
                trace.length == 0 ? "" : " at " + trace[0]);
    if (warned.add(line)) {
      warnings.accept(line);
    }
  }

  private void setAlarm() {
    long next = ended ? Long.MAX_VALUE : seat.nextDeadline();
    if (next >= alarmAt && cancelAlarm != null) {
      return;
    }
    if (cancelAlarm != null) {
      cancelAlarm.run();
      cancelAlarm = null;
    }
    alarmAt = next;
    if (next != Long.MAX_VALUE) {
      cancelAlarm = thread.after(Math.max(0, next - clock.getAsLong()), this::ring);
    }
  }

  private void ring() {
    cancelAlarm = null;
    alarmAt = Long.MAX_VALUE;
    post(new SeatEvent.TimePassed());
  }
}
