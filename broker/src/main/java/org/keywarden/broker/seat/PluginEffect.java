package org.keywarden.broker.seat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.capability.Token;
import org.keywarden.policy.Right;

/** Effects towards plugins. */
public sealed interface PluginEffect extends Effect {
  /** The token, recorded by now, goes to the plugin. */
  record OfferGrant(
      PluginInstance instance,
      long grant,
      Token token,
      Set<Right> rights,
      @Nullable ContentType type,
      boolean learning,
      String inputMethod)
      implements PluginEffect {}

  /** The longer-lived token, recorded by now, goes to the plugin. */
  record OfferRenewal(PluginInstance instance, long grant, Token token) implements PluginEffect {}

  /** The stream opened for the grant is live. */
  record AcceptCompose(long stream, long grant) implements PluginEffect {}

  /** The stream opened for the grant is refused; one that was live before stays. */
  record RefuseCompose(long stream, long grant, Refusal refusal) implements PluginEffect {}

  /** A renewal just presented is refused; the grant keeps its old end. */
  record RefuseRenewal(long grant, Refusal refusal) implements PluginEffect {}

  record DeliverKey(long grant, long sequence, Key key) implements PluginEffect {}

  record DeliverSurrounding(long grant, SurroundingText surrounding) implements PluginEffect {}

  record DeliverCandidateClick(long grant, CandidateClick click) implements PluginEffect {}

  record DeliverCandidatesMove(long grant, CandidatesMove move) implements PluginEffect {}

  record DeliverActivation(long grant, String key, boolean checked) implements PluginEffect {}

  /** The composition is gone; the plugin starts afresh. */
  record ResetComposition(long grant) implements PluginEffect {}

  record RefuseAction(long grant, Refusal refusal) implements PluginEffect {}

  /** The grant ended: its stream is reset, which discards what is still queued in it. */
  record Revoke(PluginInstance instance, long grant, RevocationReason reason)
      implements PluginEffect {}

  /** The derived token, recorded by now, answers the request. */
  record AnswerDerivation(long request, long grant, Token token) implements PluginEffect {}

  record RefuseDerivation(long request, Refusal refusal) implements PluginEffect {}

  /** The instance misbehaves: end its process and start it anew. */
  record RestartPlugin(PluginInstance instance, Misbehaviour why) implements PluginEffect {}

  /** Why a plugin is restarted. */
  enum Misbehaviour {
    /** Keys unanswered in time, again and again. */
    DEADLINES_MISSED,
    /** Too many refused actions. */
    REFUSED_TOO_OFTEN,
    /** A capability was offered and never presented. */
    NOT_PRESENTED
  }
}
