package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.keywarden.broker.process.ProcessStarter.Identity;

/** Stops all processes of a sandbox and lets them go on. Used by one thread, which it blocks. */
final class Freezer {
  private static final long PAUSE = 200_000;
  private static final int MOST_ROUNDS = 250;

  private final boolean wrapped;

  /**
   * @param wrapped whether the first process only waits for the others, and need not be stopped
   */
  Freezer(boolean wrapped) {
    this.wrapped = wrapped;
  }

  /**
   * Stops everything of it. A process may fork while it is being stopped, so the tree is walked
   * until all of it stands still.
   *
   * @return whether every thread was seen stopped; if not, after about 50 ms
   */
  boolean freeze(Identity identity) {
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<Long> inside = inside(identity);
      boolean still = true;
      for (long pid : inside) {
        still &= stands(pid);
      }
      if (still) {
        return true;
      }
      if (round % 10 == 0) {
        inside.forEach(Signals::stop);
      } else {
        LockSupport.parkNanos(PAUSE);
      }
    }
    return false;
  }

  void thaw(Identity identity) {
    inside(identity).forEach(Signals::proceed);
  }

  private List<Long> inside(Identity identity) {
    try {
      if (ProcFiles.startTime(identity.pid()) != identity.startTime()) {
        return List.of();
      }
    } catch (IOException gone) {
      return List.of();
    }
    List<Long> tree = ProcFiles.tree(identity.pid());
    return wrapped ? tree.subList(1, tree.size()) : tree;
  }

  private static boolean stands(long pid) {
    try {
      return ProcFiles.threadStates(pid).stream().allMatch(state -> "TtZX".indexOf(state) >= 0);
    } catch (IOException gone) {
      return true;
    }
  }
}
