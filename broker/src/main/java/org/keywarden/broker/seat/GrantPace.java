package org.keywarden.broker.seat;

/**
 * How fast grants are given. A person moves the focus a few times a second; an application can a
 * hundred thousand times, and each grant costs a signature and a durable record.
 */
final class GrantPace {
  private final SeatLimits limits;

  /** When all grants given so far are paid for (the generic cell rate algorithm), in ns. */
  private long paidAt;

  private int unrecorded;

  GrantPace(SeatLimits limits) {
    this.limits = limits;
  }

  /** Whether the log has more to make durable than it should. */
  boolean logIsBehind() {
    return unrecorded >= limits.unrecorded();
  }

  /** From when one more may be given, in ns. */
  long nextAt() {
    return paidAt - (limits.grantsAtOnce() - 1) * limits.grantEvery();
  }

  void given(long now) {
    paidAt = Math.max(paidAt, now) + limits.grantEvery();
  }

  void issued() {
    unrecorded++;
  }

  void settled() {
    unrecorded--;
  }
}
