package org.keywarden.broker.seat;

/** Effects towards the mint and the grant log. */
public sealed interface RecordEffect extends Effect {
  /**
   * Mint this token and make its record durable, then report {@link SeatEvent.TokenRecorded} or
   * {@link SeatEvent.TokenNotRecorded}, exactly one of them, not within the call.
   */
  record IssueToken(TokenRequest request) implements RecordEffect {}

  /** Record the end of a grant; exactly one for each grant a token was issued for. */
  record CloseGrant(long grant, RevocationReason reason) implements RecordEffect {}

  /**
   * Count a grant that a field would have got by the policy, and did not: the focus moves faster
   * than grants are given, or recorded.
   */
  record WithholdGrant(String application) implements RecordEffect {}

  /** Record that something a plugin did was refused. */
  record RecordRefusal(PluginInstance instance, long grant, Refusal refusal)
      implements RecordEffect {}
}
