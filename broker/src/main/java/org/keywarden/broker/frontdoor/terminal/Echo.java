package org.keywarden.broker.frontdoor.terminal;

import java.util.Set;

/** Tells whether what is typed into terminals stays invisible. */
@FunctionalInterface
public interface Echo {
  /**
   * Whether a program in one of them asks for something it does not show, as {@code sudo}, {@code
   * ssh} and {@code getpass(3)} do. False for programs that edit what is typed (editors, shells
   * with line editing), which show what they like, and for a terminal that is gone; true for one
   * that cannot be looked at. May take as long as whoever else uses the terminals likes.
   */
  boolean hidden(Set<Terminal> terminals);
}
