package org.keywarden.conformance.puppet;

import java.util.List;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.ForwardKey;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.KeyAnswer;

/**
 * What the puppet does unasked.
 *
 * @param open whether it presents each offered grant at once
 * @param answers how it answers keys
 * @param text what {@link Answers#COMMIT} commits
 */
record Behaviour(boolean open, Answers answers, String text) {
  static final Behaviour HONEST = new Behaviour(true, Answers.PASS, "");

  /** How keys are answered. */
  enum Answers {
    NONE,
    PASS,
    SWALLOW,
    COMMIT,
    FORWARD
  }

  /** The answer to a key; empty for none. */
  List<ComposeRequest> to(long sequence) {
    return switch (answers) {
      case NONE -> List.of();
      case PASS -> List.of(request(KeyAnswer.newBuilder().setSequence(sequence)));
      case SWALLOW ->
          List.of(request(KeyAnswer.newBuilder().setSequence(sequence).setHandled(true)));
      case COMMIT ->
          List.of(
              request(
                  KeyAnswer.newBuilder()
                      .setSequence(sequence)
                      .setHandled(true)
                      .addActions(Action.newBuilder().setCommit(text))));
      case FORWARD ->
          List.of(
              request(
                  KeyAnswer.newBuilder()
                      .setSequence(sequence)
                      .setHandled(true)
                      .addActions(
                          Action.newBuilder().setForwardKey(ForwardKey.getDefaultInstance()))));
    };
  }

  private static ComposeRequest request(KeyAnswer.Builder answer) {
    return ComposeRequest.newBuilder().setAnswer(answer).build();
  }
}
