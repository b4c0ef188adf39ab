package org.keywarden.broker.trusted;

import io.grpc.stub.StreamObserver;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.rpc.Connection;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.rpc.ServerStream;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.broker.seat.TrustedEffect;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.trusted.v1.Answer;
import org.keywarden.proto.trusted.v1.Forget;
import org.keywarden.proto.trusted.v1.KeyDelivery;
import org.keywarden.proto.trusted.v1.SessionRequest;
import org.keywarden.proto.trusted.v1.SessionResponse;
import org.keywarden.proto.trusted.v1.TrustedKeyboardServiceGrpc.TrustedKeyboardServiceImplBase;

/** Serves {@code TrustedKeyboardService}: one keyboard at a time, one key at a time. */
public final class TrustedGateway extends TrustedKeyboardServiceImplBase {
  private final SeatInbox inbox;
  private final LongConsumer restart;
  private long lastInstance;
  private @Nullable Session current;

  /**
   * @param restart ends the keyboard's process so that it is started anew
   */
  public TrustedGateway(SeatInbox inbox, LongConsumer restart) {
    this.inbox = inbox;
    this.restart = restart;
  }

  @Override
  public StreamObserver<SessionRequest> session(StreamObserver<SessionResponse> responses) {
    return new Session(responses, Connection.ofBeginningCall());
  }

  /** Does what the seat asks. */
  public void apply(TrustedEffect effect) {
    switch (effect) {
      case TrustedEffect.DeliverTrusted e ->
          send(
              e.instance(),
              SessionResponse.newBuilder()
                  .setKey(
                      KeyDelivery.newBuilder()
                          .setSequence(e.sequence())
                          .setKey(InputMessages.key(e.key())))
                  .build());
      case TrustedEffect.ForgetTrusted e ->
          send(
              e.instance(),
              SessionResponse.newBuilder().setForget(Forget.getDefaultInstance()).build());
      case TrustedEffect.RestartTrusted e -> {
        if (current != null && current.instance == e.instance()) {
          current.responses.refuse(Reason.REASON_FLOODING, "keys stayed unanswered");
        }
        restart.accept(e.instance());
      }
    }
  }

  /** The keyboard's process is gone. */
  public void ended() {
    if (current != null) {
      current.responses.lost();
    }
  }

  private void send(long instance, SessionResponse response) {
    if (current != null && current.instance == instance) {
      current.responses.send(response);
    }
  }

  private final class Session implements StreamObserver<SessionRequest> {
    private final ServerStream<SessionResponse> responses;
    private long instance;

    Session(StreamObserver<SessionResponse> responses, Connection connection) {
      this.responses = new ServerStream<>(responses, connection.share(), this::gone);
    }

    @Override
    public void onNext(SessionRequest request) {
      if (responses.ended()) {
        return;
      }
      switch (request.getMessageCase()) {
        case READY -> ready();
        case ANSWER -> answer(request.getAnswer());
        case MESSAGE_NOT_SET ->
            throw new IllegalArgumentException("the schema check lets no empty message through");
      }
    }

    private void ready() {
      if (instance != 0 || current != null) {
        responses.refuse(Reason.REASON_ALREADY_REGISTERED, "one trusted keyboard at a time");
        return;
      }
      instance = ++lastInstance;
      current = this;
      inbox.post(new SeatEvent.TrustedReady(instance));
    }

    private void answer(Answer answer) {
      if (instance == 0) {
        responses.refuse(Reason.REASON_NOT_REGISTERED, "ready comes first");
        return;
      }
      inbox.post(
          new SeatEvent.TrustedAnswered(
              instance, answer.getSequence(), answer.getHandled(), answer.getText()));
    }

    @Override
    public void onError(Throwable gone) {
      responses.lost();
    }

    @Override
    public void onCompleted() {
      responses.complete();
    }

    private void gone() {
      if (current == this) {
        current = null;
        inbox.post(new SeatEvent.TrustedLost(instance));
      }
    }
  }
}
