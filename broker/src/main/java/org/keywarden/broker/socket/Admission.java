package org.keywarden.broker.socket;

import org.jspecify.annotations.Nullable;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Holder;

/**
 * Whose connections a socket accepts.
 *
 * @param budget shared by the sockets of the same kind of peers
 * @param holders tells who a peer is
 * @param uid whose processes may connect; {@link #ANY_UID} where that is for others to judge
 */
public record Admission(Budget budget, Holder.Finder holders, int uid) {
  /** A sandboxed process may have another user's id than its broker. */
  public static final int ANY_UID = -1;

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
