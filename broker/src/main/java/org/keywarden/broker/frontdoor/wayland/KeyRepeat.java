package org.keywarden.broker.frontdoor.wayland;

import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.field.Timers;

/**
 * Repeats the key pressed last until it is let go: a compositor leaves that to whoever gets the
 * keys.
 */
final class KeyRepeat {
  private static final long NANOS_OF_MS = 1_000_000;
  private static final long NANOS_OF_S = 1_000_000_000;

  /** Faster than any person sets it, so that no compositor makes the seat busy. */
  private static final int MOST_RATE = 100;

  private static final int NONE = -1;

  private final Timers timers;
  private final IntConsumer repeated;
  private int rate = 25;
  private int delay = 600;
  private int code = NONE;
  private Timers.@Nullable Pending next;

  /**
   * @param repeated told the code of the key, each time
   */
  KeyRepeat(Timers timers, IntConsumer repeated) {
    this.timers = timers;
    this.repeated = repeated;
  }

  /**
   * @param perSecond 0 or less for none
   * @param milliseconds before the first
   */
  void set(int perSecond, int milliseconds) {
    rate = Math.min(perSecond, MOST_RATE);
    delay = Math.max(1, milliseconds);
    if (rate <= 0) {
      end();
    }
  }

  void pressed(int pressed) {
    end();
    if (rate > 0) {
      code = pressed;
      schedule(delay * NANOS_OF_MS);
    }
  }

  private void schedule(long in) {
    next =
        timers.after(
            in,
            () -> {
              schedule(NANOS_OF_S / rate);
              repeated.accept(code);
            });
  }

  /** Ends if it is this key that repeats. */
  void end(int of) {
    if (of == code) {
      end();
    }
  }

  void end() {
    code = NONE;
    if (next != null) {
      next.cancel();
      next = null;
    }
  }
}
