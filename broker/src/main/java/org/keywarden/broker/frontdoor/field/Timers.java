package org.keywarden.broker.frontdoor.field;

import java.util.LinkedHashSet;
import java.util.Set;

/** Runs things later, on the seat's thread. */
public interface Timers {
  /**
   * @param delay in ns
   */
  Pending after(long delay, Runnable action);

  /** What has not run yet. */
  interface Pending {
    /** It never runs; what it would have used can be forgotten. */
    void cancel();
  }

  /** The timers of something that can be closed: after that it has none. */
  final class Own implements Timers {
    private static final Pending NOTHING = () -> {};

    private final Timers all;
    private final Set<Once> pending = new LinkedHashSet<>();
    private boolean closed;

    public Own(Timers all) {
      this.all = all;
    }

    @Override
    public Pending after(long delay, Runnable action) {
      if (closed) {
        return NOTHING;
      }
      Once once = new Once(action);
      pending.add(once);
      once.scheduled = all.after(delay, once::run);
      return once;
    }

    public void close() {
      closed = true;
      pending.forEach(each -> each.scheduled.cancel());
      pending.clear();
    }

    private final class Once implements Pending {
      private final Runnable action;
      private Pending scheduled = NOTHING;

      Once(Runnable action) {
        this.action = action;
      }

      private void run() {
        if (pending.remove(this)) {
          action.run();
        }
      }

      @Override
      public void cancel() {
        if (pending.remove(this)) {
          scheduled.cancel();
        }
      }
    }
  }
}
