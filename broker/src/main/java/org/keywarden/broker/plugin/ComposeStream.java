package org.keywarden.broker.plugin;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.LongSupplier;
import org.keywarden.broker.rpc.Connection;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;

/** One capability in use. */
final class ComposeStream implements StreamObserver<ComposeRequest> {
  final long grant;
  final PluginSession session;
  final Connection connection;

  private final ServerCallStreamObserver<ComposeResponse> responses;
  private final SeatInbox inbox;
  private final LongSupplier clock;
  private final Renewals renewals;
  private boolean live;
  private boolean ended;

  /** Verifies a renewed token that came in on a stream, and posts what it is worth. */
  interface Renewals {
    void present(ComposeStream stream, byte[] token);
  }

  ComposeStream(
      long grant,
      PluginSession session,
      Connection connection,
      ServerCallStreamObserver<ComposeResponse> responses,
      SeatInbox inbox,
      LongSupplier clock,
      Renewals renewals) {
    this.grant = grant;
    this.session = session;
    this.connection = connection;
    this.responses = responses;
    this.inbox = inbox;
    this.clock = clock;
    this.renewals = renewals;
    responses.setOnCancelHandler(this::closed);
  }

  void accepted() {
    live = true;
  }

  @Override
  public void onNext(ComposeRequest request) {
    if (ended) {
      return;
    }
    if (!session.messages.take(clock.getAsLong())) {
      closed();
      responses.onError(Refusals.of(Reason.REASON_FLOODING, "too many messages"));
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
    if (!ended && !responses.isCancelled()) {
      responses.onNext(response);
    }
  }

  /** Ends the stream from this side; the seat knows already. */
  void end(Reason reason, String detail) {
    if (!ended) {
      ended = true;
      responses.onError(Refusals.of(reason, detail));
    }
  }

  @Override
  public void onError(Throwable gone) {
    closed();
  }

  @Override
  public void onCompleted() {
    if (!ended) {
      closed();
      responses.onCompleted();
    }
  }

  private void closed() {
    if (!ended) {
      ended = true;
      if (live) {
        inbox.post(new SeatEvent.ComposeClosed(grant));
      }
    }
  }
}
