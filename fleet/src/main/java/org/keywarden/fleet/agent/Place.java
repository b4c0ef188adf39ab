package org.keywarden.fleet.agent;

import org.keywarden.audit.Malformed;

/**
 * How much of a log was shipped.
 *
 * @param next the first entry that was not
 * @param signed size of the last checkpoint that was, 0 if none
 * @param handovers how many changes of the key were
 */
record Place(long next, long signed, int handovers) {
  static final Place BEGINNING = new Place(0, 0, 0);

  /** Without {@link #next}, which Kafka keeps as an offset. */
  String metadata() {
    return signed + " " + handovers;
  }

  static Place read(long next, String metadata) throws Malformed {
    String[] words = metadata.split(" ", -1);
    try {
      if (words.length == 2) {
        return new Place(next, Long.parseLong(words[0]), Integer.parseInt(words[1]));
      }
    } catch (NumberFormatException e) {
      throw new Malformed("the place kept in Kafka is no place: " + metadata, e);
    }
    throw new Malformed("the place kept in Kafka is no place: " + metadata);
  }
}
