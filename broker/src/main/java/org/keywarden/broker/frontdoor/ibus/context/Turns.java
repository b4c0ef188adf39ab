package org.keywarden.broker.frontdoor.ibus.context;

import java.util.ArrayDeque;
import java.util.Queue;

/** One client's calls in their order, some of which wait for one before them. */
public final class Turns {
  /** More than anybody types while a key waits. */
  private static final int MOST_WAITING = 64;

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private Runnable resumed = () -> {};
  private boolean held;
  private boolean over;

  /** Whether calls wait. */
  public boolean held() {
    return held;
  }

  /** Told whenever nothing waits any more. */
  public void whenResumed(Runnable action) {
    resumed = action;
  }

  /**
   * Takes a call when it is its turn.
   *
   * @return false if too many wait already
   */
  boolean take(Runnable call) {
    if (!held) {
      call.run();
      return true;
    }
    return waiting.size() < MOST_WAITING && waiting.add(call);
  }

  /** What comes now waits. */
  void hold() {
    held = true;
  }

  /** Takes what waits, up to the next that has to be waited for. */
  void goOn() {
    held = false;
    while (!held && !over && !waiting.isEmpty()) {
      waiting.remove().run();
    }
    if (!held && !over) {
      resumed.run();
    }
  }

  /** Nothing is taken any more. */
  void end() {
    over = true;
    waiting.clear();
  }
}
