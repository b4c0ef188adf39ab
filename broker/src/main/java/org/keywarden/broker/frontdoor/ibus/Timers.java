package org.keywarden.broker.frontdoor.ibus;

/** Runs things later, on the seat's thread. */
public interface Timers {
  /**
   * @param delay in ns
   */
  void after(long delay, Runnable action);
}
