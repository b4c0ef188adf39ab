package org.keywarden.ime;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.KeyAnswer;
import org.keywarden.proto.plugin.v1.KeyDelivery;

/**
 * One capability in use: hands keys to the author's composition and sends its responses back in
 * order.
 */
final class Composing implements StreamObserver<ComposeResponse> {
  private final InputMethod inputMethod;
  private final FieldInfo field;
  private final Runnable ended;
  private @Nullable StreamObserver<ComposeRequest> broker;
  private Composition composition;

  Composing(InputMethod inputMethod, FieldInfo field, Runnable ended) {
    this.inputMethod = inputMethod;
    this.field = field;
    this.ended = ended;
    composition = inputMethod.begin(field);
  }

  void open(StreamObserver<ComposeRequest> stream) {
    broker = stream;
  }

  void renew(ByteString token) {
    send(ComposeRequest.newBuilder().setRenewal(token).build());
  }

  @Override
  public void onNext(ComposeResponse response) {
    switch (response.getMessageCase()) {
      case KEY -> answer(response.getKey());
      case CANDIDATE_CLICKED -> choose(response.getCandidateClicked().getIndex());
      case COMPOSITION_RESET -> composition = inputMethod.begin(field);
      case ACTION_REFUSED ->
          System.err.println(
              "the broker refused an action: " + response.getActionRefused().getRefusal());
      case OPENED, SURROUNDING_TEXT, MESSAGE_NOT_SET -> {}
    }
  }

  private void answer(KeyDelivery delivery) {
    Key key =
        new Key(
            delivery.getKey().getKeysym(),
            delivery.getKey().getModifiers(),
            delivery.getKey().getAction() != KeyAction.KEY_ACTION_RELEASE);
    Response response;
    try {
      response = composition.onKey(key);
    } catch (RuntimeException e) {
      response = afterFault(e);
    }
    send(
        ComposeRequest.newBuilder()
            .setAnswer(
                KeyAnswer.newBuilder()
                    .setSequence(delivery.getSequence())
                    .setHandled(response.isHandled())
                    .addAllActions(response.actions()))
            .build());
  }

  private void choose(int index) {
    Response response;
    try {
      response = composition.onCandidate(index);
    } catch (RuntimeException e) {
      response = afterFault(e);
    }
    for (Action action : response.actions()) {
      send(ComposeRequest.newBuilder().setAction(action).build());
    }
  }

  /**
   * A fault of the author's loses the composition, not the key; its message may hold what was typed
   * and is not printed.
   */
  private Response afterFault(RuntimeException fault) {
    System.err.println("the input method failed with " + fault.getClass().getName());
    for (StackTraceElement frame : fault.getStackTrace()) {
      System.err.println("  at " + frame);
    }
    composition = inputMethod.begin(field);
    return Response.notHandled().preedit("");
  }

  private void send(ComposeRequest request) {
    if (broker != null) {
      broker.onNext(request);
    }
  }

  @Override
  public void onError(Throwable error) {
    broker = null;
    ended.run();
  }

  @Override
  public void onCompleted() {
    broker = null;
    ended.run();
  }
}
