package org.keywarden.conformance;

import com.google.protobuf.ByteString;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.ForwardKey;
import org.keywarden.proto.input.v1.Preedit;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.KeyAnswer;

/** Bytes of messages a plugin sends on Compose. */
final class Messages {
  private Messages() {}

  static Action commit(String text) {
    return Action.newBuilder().setCommit(text).build();
  }

  static Action preedit(String text) {
    return Action.newBuilder().setPreedit(Preedit.newBuilder().setText(text)).build();
  }

  static Action forward() {
    return Action.newBuilder().setForwardKey(ForwardKey.getDefaultInstance()).build();
  }

  static byte[] action(Action action) {
    return ComposeRequest.newBuilder().setAction(action).build().toByteArray();
  }

  static byte[] answer(long sequence, boolean handled, Action... actions) {
    KeyAnswer.Builder answer = KeyAnswer.newBuilder().setSequence(sequence).setHandled(handled);
    for (Action action : actions) {
      answer.addActions(action);
    }
    return ComposeRequest.newBuilder().setAnswer(answer).build().toByteArray();
  }

  static byte[] renewal(byte[] token) {
    return ComposeRequest.newBuilder().setRenewal(ByteString.copyFrom(token)).build().toByteArray();
  }
}
