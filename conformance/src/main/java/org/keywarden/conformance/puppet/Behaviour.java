package org.keywarden.conformance.puppet;

import java.util.List;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.DeleteSurrounding;
import org.keywarden.proto.input.v1.ForwardKey;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
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
  static final Behaviour ECHOING = new Behaviour(true, Answers.ECHO, "");

  /** How keys are answered. */
  enum Answers {
    NONE,
    PASS,
    SWALLOW,
    COMMIT,
    FORWARD,
    /** Deletes three characters before the cursor. */
    DELETE,
    /** Commits the character of each key pressed; passes the rest. */
    ECHO
  }

  /** The answer to a key; empty for none. */
  List<ComposeRequest> to(long sequence, Key key) {
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
      case DELETE ->
          List.of(
              request(
                  KeyAnswer.newBuilder()
                      .setSequence(sequence)
                      .setHandled(true)
                      .addActions(
                          Action.newBuilder()
                              .setDeleteSurrounding(
                                  DeleteSurrounding.newBuilder().setOffset(-3).setCount(3)))));
      case ECHO -> List.of(request(echo(sequence, key)));
    };
  }

  private static KeyAnswer.Builder echo(long sequence, Key key) {
    KeyAnswer.Builder answer = KeyAnswer.newBuilder().setSequence(sequence);
    return key.getAction() == KeyAction.KEY_ACTION_PRESS
        ? answer
            .setHandled(true)
            .addActions(Action.newBuilder().setCommit(Character.toString(key.getKeysym())))
        : answer;
  }

  private static ComposeRequest request(KeyAnswer.Builder answer) {
    return ComposeRequest.newBuilder().setAnswer(answer).build();
  }
}
