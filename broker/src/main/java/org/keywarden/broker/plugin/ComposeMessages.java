package org.keywarden.broker.plugin;

import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.rpc.WireEnums;
import org.keywarden.broker.seat.PluginEffect;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.proto.plugin.v1.ActionRefused;
import org.keywarden.proto.plugin.v1.CandidatesMoved;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.CompositionReset;
import org.keywarden.proto.plugin.v1.KeyDelivery;
import org.keywarden.proto.plugin.v1.Opened;
import org.keywarden.proto.plugin.v1.PropertyActivated;

/** What the seat tells a plugin on a stream of {@code Compose}, as messages. */
final class ComposeMessages {
  private ComposeMessages() {}

  static ComposeResponse opened() {
    return ComposeResponse.newBuilder().setOpened(Opened.getDefaultInstance()).build();
  }

  static ComposeResponse key(PluginEffect.DeliverKey delivered) {
    return ComposeResponse.newBuilder()
        .setKey(
            KeyDelivery.newBuilder()
                .setSequence(delivered.sequence())
                .setKey(InputMessages.key(delivered.key())))
        .build();
  }

  static ComposeResponse surrounding(PluginEffect.DeliverSurrounding delivered) {
    return ComposeResponse.newBuilder()
        .setSurroundingText(InputMessages.surrounding(delivered.surrounding()))
        .build();
  }

  static ComposeResponse clicked(PluginEffect.DeliverCandidateClick delivered) {
    return ComposeResponse.newBuilder()
        .setCandidateClicked(InputMessages.click(delivered.click()))
        .build();
  }

  static ComposeResponse moved(PluginEffect.DeliverCandidatesMove delivered) {
    return ComposeResponse.newBuilder()
        .setCandidatesMoved(CandidatesMoved.newBuilder().setMove(WireEnums.move(delivered.move())))
        .build();
  }

  static ComposeResponse activated(PluginEffect.DeliverActivation delivered) {
    return ComposeResponse.newBuilder()
        .setPropertyActivated(
            PropertyActivated.newBuilder().setKey(delivered.key()).setChecked(delivered.checked()))
        .build();
  }

  static ComposeResponse reset() {
    return ComposeResponse.newBuilder()
        .setCompositionReset(CompositionReset.getDefaultInstance())
        .build();
  }

  static ComposeResponse refused(Refusal refusal) {
    return ComposeResponse.newBuilder()
        .setActionRefused(ActionRefused.newBuilder().setRefusal(wire(refusal)))
        .build();
  }

  private static org.keywarden.proto.plugin.v1.Refusal wire(Refusal refusal) {
    return switch (refusal) {
      case RIGHT_NOT_HELD -> org.keywarden.proto.plugin.v1.Refusal.REFUSAL_RIGHT_NOT_HELD;
      case NO_CAUSE -> org.keywarden.proto.plugin.v1.Refusal.REFUSAL_NO_CAUSE;
      case TEXT_NOT_ALLOWED -> org.keywarden.proto.plugin.v1.Refusal.REFUSAL_TEXT_NOT_ALLOWED;
      case OUT_OF_BOUNDS -> org.keywarden.proto.plugin.v1.Refusal.REFUSAL_OUT_OF_BOUNDS;
      case NOT_THE_KEY -> org.keywarden.proto.plugin.v1.Refusal.REFUSAL_NOT_THE_KEY;
      case NO_SUCH_KEY -> org.keywarden.proto.plugin.v1.Refusal.REFUSAL_NO_SUCH_KEY;
      case NOT_LIVE, IN_USE, NOT_NARROWER -> org.keywarden.proto.plugin.v1.Refusal.REFUSAL_NOT_LIVE;
    };
  }
}
