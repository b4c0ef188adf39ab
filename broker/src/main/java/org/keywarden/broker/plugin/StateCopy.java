package org.keywarden.broker.plugin;

import java.nio.file.Path;
import java.util.function.Consumer;

/** A copy of what a plugin has learnt, for its process that forgets. Used on the seat's thread. */
public interface StateCopy {
  /** Where it is, when it is there. */
  Path directory();

  /**
   * Makes it, beside the seat's thread.
   *
   * @param done told on the seat's thread whether it is there
   */
  void make(Consumer<Boolean> done);

  /** Removes it, whole or in part, beside the seat's thread. */
  void remove(Runnable done);
}
