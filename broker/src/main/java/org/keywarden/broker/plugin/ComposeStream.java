package org.keywarden.broker.plugin;

import io.grpc.stub.StreamObserver;
import java.util.function.LongSupplier;
import org.keywarden.broker.rpc.Connection;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.rpc.ServerStream;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;

/** One capability in use. */
final class ComposeStream implements StreamObserver<ComposeRequest> {
  final long grant;
  final PluginSession session;
  final Connection connection;

  private final ServerStream<ComposeResponse> responses;
  private final SeatInbox inbox;
  private final LongSupplier clock;
  private final Renewals renewals;
  private boolean live;

  /** Verifies a renewed token that came in on a stream, and posts what it is worth. */
  interface Renewals {
    void present(ComposeStream stream, byte[] token);
  }

  ComposeStream(
      long grant,
      PluginSession session,
      Connection connection,
      StreamObserver<ComposeResponse> responses,
      SeatInbox inbox,
      LongSupplier clock,
      Renewals renewals) {
    this.grant = grant;
    this.session = session;
    this.connection = connection;
    this.responses = new ServerStream<>(responses, connection.share(), this::gone);
    this.inbox = inbox;
    this.clock = clock;
    this.renewals = renewals;
  }

  /** It is live; if it has ended meanwhile, the seat is told. */
  void accepted() {
    live = true;
    if (responses.ended()) {
      gone();
    }
  }

  @Override
  public void onNext(ComposeRequest request) {
    if (responses.ended()) {
      return;
    }
    if (!session.messages.take(clock.getAsLong())) {
      responses.refuse(Reason.REASON_FLOODING, "too many messages");
      return;
    }
    switch (request.getMessageCase()) {
      case ANSWER ->
          inbox.post(
              new SeatEvent.KeyAnswered(
                  grant,
                  request.getAnswer().getSequence(),
                  request.getAnswer().getHandled(),
                  InputMessages.actions(request.getAnswer().getActionsList())));
      case ACTION ->
          inbox.post(new SeatEvent.ActionTaken(grant, InputMessages.action(request.getAction())));
      case RENEWAL -> renewals.present(this, request.getRenewal().toByteArray());
      case MESSAGE_NOT_SET ->
          throw new IllegalArgumentException("the schema check lets no empty message through");
    }
  }

  void send(ComposeResponse response) {
    responses.send(response);
  }

  /** Ends the stream from this side; the seat knows already. */
  void end(Reason reason, String detail) {
    responses.end(reason, detail);
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
    if (live) {
      inbox.post(new SeatEvent.ComposeClosed(grant));
    }
  }
}
