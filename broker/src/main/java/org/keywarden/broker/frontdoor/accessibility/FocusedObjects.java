package org.keywarden.broker.frontdoor.accessibility;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The newest word of the accessibility bus on each application. */
public final class FocusedObjects {
  private static final int MOST = 512;

  private final LongSupplier clock;
  private final List<Runnable> followers = new ArrayList<>();

  /** The one heard of longest ago gives way. */
  private final Map<Long, FocusedObject> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, FocusedObject> eldest) {
          return size() > MOST;
        }
      };

  private @Nullable FocusedObject latest;

  /**
   * @param clock in ns of CLOCK_MONOTONIC
   */
  public FocusedObjects(LongSupplier clock) {
    this.clock = clock;
  }

  /** Calls {@code follower} after each change. */
  public void follow(Runnable follower) {
    followers.add(follower);
  }

  /** Takes what the bus says. */
  public void take(FocusedObject said) {
    known.remove(said.process());
    known.put(said.process(), said);
    latest = said;
    followers.forEach(Runnable::run);
  }

  /** Nobody listens any more: nothing is known of what comes. */
  public void forget() {
    known.clear();
    latest = null;
  }

  /** The newest word on a process, as {@link FocusedObject#process}; null for none. */
  public @Nullable FocusedObject of(long process) {
    return known.get(process);
  }

  /** The newest word on any; null for none. */
  public @Nullable FocusedObject latest() {
    return latest;
  }

  /** In ns of CLOCK_MONOTONIC. */
  public long now() {
    return clock.getAsLong();
  }
}
