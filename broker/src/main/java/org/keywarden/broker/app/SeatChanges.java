package org.keywarden.broker.app;

import com.google.inject.Inject;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.admin.LastDecisions;
import org.keywarden.broker.admin.StatusFollowers;
import org.keywarden.broker.seat.Route;

/**
 * Tells those who follow the seat that the keys take another path, a moment after it became so: not
 * of keys, nor of what is over before anybody could see it. Thread: the seat's.
 */
final class SeatChanges {
  private static final long MOMENT_MILLIS = 20;

  private final SeatLoop seat;
  private final EventLoop loop;
  private final LastDecisions decisions;
  private final StatusFollowers followers;
  private final TrayFeed tray;
  private @Nullable Route route;
  private long epoch;
  private boolean due;

  @Inject
  SeatChanges(
      SeatLoop seat,
      EventLoop loop,
      LastDecisions decisions,
      StatusFollowers followers,
      TrayFeed tray) {
    this.seat = seat;
    this.loop = loop;
    this.decisions = decisions;
    this.followers = followers;
    this.tray = tray;
  }

  /** After each event of the seat. */
  void follow(Route now) {
    long stay = seat.epoch();
    if (now == route && stay == epoch) {
      return;
    }
    route = now;
    epoch = stay;
    if (!due) {
      due = true;
      loop.schedule(this::tell, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void tell() {
    due = false;
    decisions.take(seat.status());
    followers.look();
    tray.look();
  }
}
