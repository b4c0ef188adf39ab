package org.keywarden.broker.frontdoor.terminal;

/** Tells whether what is typed into a terminal stays invisible. */
@FunctionalInterface
public interface Echo {
  /**
   * Whether the terminal reads lines without showing them, as {@code sudo}, {@code ssh} and {@code
   * getpass(3)} make it. False for programs that take single keys (editors, shells with line
   * editing), which show what they like, and for a terminal that is gone; true for one that cannot
   * be looked at. May take as long as whoever else uses the terminal likes.
   */
  boolean hidden(Terminal terminal);
}
