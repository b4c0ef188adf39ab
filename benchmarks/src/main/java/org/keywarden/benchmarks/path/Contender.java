package org.keywarden.benchmarks.path;

import java.io.IOException;
import java.util.List;

/** Something that takes keys, running. */
interface Contender extends AutoCloseable {
  /** For people, with version and engine. */
  String name();

  /** An application focused in it. */
  Typing typing() throws IOException;

  /** Every process a key passes through, or that must run for it. */
  List<Long> processes() throws IOException;

  @Override
  void close() throws IOException;

  /** Types into one contender. */
  interface Typing extends AutoCloseable {
    /**
     * Types events, one at a time.
     *
     * @param gap between an answer and the next event, in ns
     * @return from each event's sending to its answer, in ns
     */
    double[] type(int events, long gap) throws IOException;

    /** Preedits and commits that came so far; a contender that makes none proves nothing. */
    long composed();

    @Override
    void close() throws IOException;
  }
}
