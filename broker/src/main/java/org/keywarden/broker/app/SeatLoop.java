package org.keywarden.broker.app;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.host.HostDoor;
import org.keywarden.broker.frontdoor.ibus.IbusDoor;
import org.keywarden.broker.plugin.Frost;
import org.keywarden.broker.plugin.PluginGateway;
import org.keywarden.broker.seat.Effect;
import org.keywarden.broker.seat.HostEffect;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.broker.seat.RecordEffect;
import org.keywarden.broker.seat.Seat;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.broker.seat.SeatStatus;
import org.keywarden.broker.seat.TrustedEffect;

/**
 * The seat's thread: hands events to the seat one at a time, does what it asks before the next, and
 * wakes it when its next deadline is due.
 */
final class SeatLoop implements SeatInbox {
  private final Seat seat;
  private final EventLoop loop;
  private final LongSupplier clock;
  private final SeatJournal journal;
  private final ArrayDeque<SeatEvent> waiting = new ArrayDeque<>();
  private @Nullable HostDoor hosts;
  private @Nullable IbusDoor ibus;
  private @Nullable PluginGateway plugins;
  private @Nullable Frost trusted;
  private boolean busy;
  private @Nullable ScheduledFuture<?> alarm;
  private long alarmAt = Long.MAX_VALUE;

  SeatLoop(Seat seat, EventLoop loop, LongSupplier clock, SeatJournal journal) {
    this.seat = seat;
    this.loop = loop;
    this.clock = clock;
    this.journal = journal;
  }

  /** Says who does what the seat asks; before the first event. */
  void connect(HostDoor toHosts, IbusDoor toIbus, PluginGateway toPlugins, Frost toTrusted) {
    hosts = toHosts;
    ibus = toIbus;
    plugins = toPlugins;
    trusted = toTrusted;
  }

  @Override
  public void post(SeatEvent event) {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("the seat is entered on its own thread only");
    }
    waiting.addLast(event);
    if (busy) {
      return;
    }
    busy = true;
    try {
      for (SeatEvent next = waiting.pollFirst(); next != null; next = waiting.pollFirst()) {
        List<Effect> effects = seat.handle(clock.getAsLong(), next);
        if (trusted != null) {
          trusted.follow(seat.route(), seat.secretTyped());
        }
        for (Effect effect : effects) {
          apply(effect);
        }
        journal.happened(next, seat.route());
      }
    } finally {
      busy = false;
    }
    setAlarm();
  }

  SeatStatus status() {
    return seat.status();
  }

  private void apply(Effect effect) {
    HostDoor toHosts = hosts;
    IbusDoor toIbus = ibus;
    PluginGateway toPlugins = plugins;
    Frost toTrusted = trusted;
    if (toHosts == null || toIbus == null || toPlugins == null || toTrusted == null) {
      throw new IllegalStateException("connect comes before the first event");
    }
    switch (effect) {
      case HostEffect e -> {
        toHosts.apply(e);
        toIbus.apply(e);
      }
      case PluginEffect e -> toPlugins.apply(e);
      case TrustedEffect e -> toTrusted.apply(e);
      case RecordEffect e -> toPlugins.apply(e);
    }
  }

  private void setAlarm() {
    long next = seat.nextDeadline();
    if (next >= alarmAt && alarm != null) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
    alarmAt = next;
    if (next != Long.MAX_VALUE) {
      long delay = Math.max(0, next - clock.getAsLong());
      alarm = loop.schedule(this::ring, delay, TimeUnit.NANOSECONDS);
    }
  }

  private void ring() {
    alarm = null;
    alarmAt = Long.MAX_VALUE;
    post(new SeatEvent.TimePassed());
  }
}
