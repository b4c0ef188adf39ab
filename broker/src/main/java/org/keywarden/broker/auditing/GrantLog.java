package org.keywarden.broker.auditing;

import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;

/**
 * Keeps records of grants. Called on the seat's thread; never blocks. Holds no key, text, length or
 * per-key time.
 */
public interface GrantLog {
  /**
   * Records a token before it may be released. Exactly one of the two follows, on the seat's
   * thread, not within the call.
   */
  void issued(TokenRequest request, Runnable durable, Runnable failed);

  /**
   * @param at in ns of CLOCK_BOOTTIME
   */
  void closed(long grant, RevocationReason reason, long at);

  /** Counts a grant that was not given, since the focus moves faster than grants are. */
  void withheld(String application);

  void refused(long instance, long grant, Refusal refusal, long at);

  /**
   * Records that a token did not verify.
   *
   * @param reason of the error contract
   */
  void presentationRefused(long instance, String reason);
}
