package org.keywarden.broker.app;

import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;

/** The one thread that owns the seat. */
interface SeatThread {
  boolean isCurrent();

  /**
   * Runs something on it after a delay in ns.
   *
   * @return takes that back
   */
  Runnable after(long delay, Runnable action);

  static SeatThread of(EventLoop loop) {
    return new SeatThread() {
      @Override
      public boolean isCurrent() {
        return loop.inEventLoop();
      }

      @Override
      public Runnable after(long delay, Runnable action) {
        var scheduled = loop.schedule(action, delay, TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
      }
    };
  }
}
