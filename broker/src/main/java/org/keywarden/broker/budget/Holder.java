package org.keywarden.broker.budget;

import java.util.List;

/**
 * The process that is charged, at the end of the branch of processes it descends from.
 *
 * @param branch from the eldest to the process itself
 */
public record Holder(List<Kin> branch) {
  /**
   * One process.
   *
   * @param startTime field 22 of {@code /proc/<pid>/stat}, so that a reused pid is told apart
   */
  public record Kin(long pid, long startTime) {
    /** The same for each connection of the process, and no other process's since the boot. */
    public long number() {
      return startTime << 22 | pid;
    }
  }

  /** Of processes that had ended before anyone could look: all of them are one. */
  public static final Holder GONE = new Holder(List.of(new Kin(0, 0)));

  public Holder {
    if (branch.isEmpty()) {
      throw new IllegalArgumentException("a branch has at least the process itself");
    }
    branch = List.copyOf(branch);
  }

  Kin process() {
    return branch.getLast();
  }

  /** {@link Kin#number} of the process. */
  public long number() {
    return process().number();
  }

  /** Tells who a process is. */
  @FunctionalInterface
  public interface Finder {
    /**
     * The process as it is now; {@link #GONE} if it is not any more.
     *
     * @param pid the kernel's word for a peer that has just connected
     */
    Holder of(long pid);
  }
}
