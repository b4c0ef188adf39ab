package org.keywarden.broker.frontdoor.window;

/** Asks programs whether they have handled what is on its way to them. Seat's thread. */
public interface EventLoops {
  /** Gets ready; called once. */
  default void open() {}

  /**
   * Asks the program whose window has the keyboard. Only the newest question is answered.
   *
   * @param pid of the program
   * @param then run once it has handled all that was in its hands when this was called; never, if
   *     that cannot be known
   */
  void ask(long pid, Runnable then);
}
