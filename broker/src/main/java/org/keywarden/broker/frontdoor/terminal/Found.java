package org.keywarden.broker.frontdoor.terminal;

import java.util.Set;

/**
 * What a search for terminals came to.
 *
 * @param terminals those found
 */
record Found(Set<Terminal> terminals, Extent extent) {
  /** What is known of those not found. */
  enum Extent {
    /** There are no others. */
    ALL,

    /** There may be others: looking further would take too long. */
    TOO_MUCH,

    /** The process is gone, or does not let itself be looked into. */
    CLOSED
  }

  static final Found NOTHING = new Found(Set.of(), Extent.ALL);
  static final Found TOO_MUCH = new Found(Set.of(), Extent.TOO_MUCH);
  static final Found CLOSED = new Found(Set.of(), Extent.CLOSED);

  Found {
    terminals = Set.copyOf(terminals);
  }
}
