package org.keywarden.broker.socket;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Holder;

/**
 * Whose connections a socket accepts.
 *
 * @param budget shared by the sockets of the same kind of peers
 * @param holders tells who a peer is
 * @param programs tells which program a process runs, empty if unknown; never asked on a loop
 * @param uid whose processes may connect; {@link #ANY_UID} where that is for others to judge
 */
public record Admission(
    Budget budget, Holder.Finder holders, LongFunction<String> programs, int uid) {
  /** A sandboxed process may have another user's id than its broker. */
  public static final int ANY_UID = -1;

  /** For peers whose program nobody asks for. */
  public static final LongFunction<String> ANY_PROGRAM = pid -> "";

  /**
   * Admits a peer that has just connected.
   *
   * @param end closes the connection
   * @return null if it is refused
   */
  Budget.@Nullable Share admit(long pid, int itsUid, Runnable end) {
    return uid == ANY_UID || itsUid == uid ? budget.open(holders.of(pid), end) : null;
  }
}
