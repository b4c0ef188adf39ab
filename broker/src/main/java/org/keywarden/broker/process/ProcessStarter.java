package org.keywarden.broker.process;

import java.util.Optional;
import java.util.function.Consumer;

/** Starts processes that end when the broker does. */
public interface ProcessStarter {
  /** Starts one; returns at once. */
  Running start(Launch launch, Listener listener);

  /** Told on the seat's thread, never before {@link #start} has returned. */
  interface Listener {
    /** The process exists; it does not run a single instruction of its own before this returns. */
    void started(Identity identity);

    /**
     * It has ended, or could not be started. Called once, and last.
     *
     * @param how for people
     */
    void ended(String how);
  }

  /** A process from its start to its end. Used on the seat's thread, but for {@link #owns}. */
  interface Running {
    /** Empty until it exists. */
    Optional<Identity> identity();

    /**
     * Whether {@code pid} is the process or a descendant of it. Looks into files that are that
     * process's own: in any thread but the seat's.
     */
    boolean owns(long pid);

    /**
     * Stops it with all its descendants.
     *
     * @param done told later, on the seat's thread, whether every thread of theirs was seen
     *     stopped; within some 50 ms
     */
    void freeze(Consumer<Boolean> done);

    /** Lets it go on. */
    void thaw();

    /**
     * Looks for channels that it has and its confinement does not name.
     *
     * @param violation told on the seat's thread what was found; not called if nothing was
     */
    void inspect(Consumer<Finding> violation);

    /** Ends it at once, with all its descendants; {@link Listener#ended} follows. */
    void kill();
  }

  /**
   * Which process.
   *
   * @param startTime field 22 of {@code /proc/<pid>/stat} (proc(5)), so that a reused pid is told
   *     apart
   * @param pidNamespace inode of its pid namespace
   */
  record Identity(long pid, long startTime, long pidNamespace) {}
}
