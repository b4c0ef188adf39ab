package org.keywarden.broker.plugin;

import java.util.HashMap;
import java.util.Map;

/**
 * Plugins that are kept down while somebody works on what they keep.
 *
 * <p>Thread: the seat's.
 */
public final class Holds {
  private final Map<String, Integer> held = new HashMap<>();

  /** Keeps a plugin from being started, until it is let go as often. */
  public void hold(String id) {
    held.merge(id, 1, Integer::sum);
  }

  /** Undoes one {@link #hold}. */
  public void letGo(String id) {
    held.computeIfPresent(id, (known, times) -> times > 1 ? times - 1 : null);
  }

  boolean isHeld(String id) {
    return held.containsKey(id);
  }
}
