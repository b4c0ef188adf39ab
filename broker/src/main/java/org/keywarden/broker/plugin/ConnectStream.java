package org.keywarden.broker.plugin;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import org.keywarden.broker.capability.HolderKey;
import org.keywarden.broker.capability.PossessionProof;
import org.keywarden.broker.rpc.Connection;
import org.keywarden.broker.rpc.ServerStream;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.Register;
import org.keywarden.proto.plugin.v1.Registered;
import org.keywarden.proto.plugin.v1.Welcome;

/** A plugin's session stream: welcome, registration, then offers and revocations until it ends. */
final class ConnectStream implements StreamObserver<ConnectRequest> {
  private final PluginSession session;
  private final Connection connection;
  private final ServerStream<ConnectResponse> responses;
  private final SeatInbox inbox;
  private boolean registered;

  ConnectStream(
      PluginSession session,
      Connection connection,
      StreamObserver<ConnectResponse> responses,
      SeatInbox inbox) {
    this.session = session;
    this.connection = connection;
    this.responses = new ServerStream<>(responses, connection.share(), this::gone);
    this.inbox = inbox;
    send(
        ConnectResponse.newBuilder()
            .setWelcome(
                Welcome.newBuilder()
                    .setConnectionNonce(ByteString.copyFrom(connection.nonce().bytes())))
            .build());
  }

  @Override
  public void onNext(ConnectRequest request) {
    if (responses.ended()) {
      return;
    }
    switch (request.getMessageCase()) {
      case REGISTER -> register(request.getRegister());
      case MESSAGE_NOT_SET ->
          throw new IllegalArgumentException("the schema check lets no empty message through");
    }
  }

  private void register(Register register) {
    if (session.registered()) {
      end(Reason.REASON_ALREADY_REGISTERED, "an instance registers once");
      return;
    }
    if (!register.getPluginId().equals(session.manifest.id())) {
      end(Reason.REASON_PEER_NOT_ALLOWED, "this socket is for " + session.manifest.id());
      return;
    }
    Optional<HolderKey> key = HolderKey.parse(register.getHolderKey().toByteArray());
    if (key.isEmpty()
        || !PossessionProof.verifyRegistration(
            key.get(), connection.nonce(), register.getProof().toByteArray())) {
      end(
          Reason.REASON_POSSESSION_UNPROVEN,
          "the proof is not by the holder key over this connection");
      return;
    }
    session.holder = key.get();
    session.connection = connection;
    registered = true;
    send(
        ConnectResponse.newBuilder()
            .setRegistered(Registered.newBuilder().setPluginInstance(session.instance.number()))
            .build());
    inbox.post(
        new SeatEvent.PluginReady(
            session.instance,
            session.manifest.facts(),
            session.manifest.memory(),
            key.get().thumbprint()));
  }

  void send(ConnectResponse response) {
    responses.send(response);
  }

  private void end(Reason reason, String detail) {
    responses.refuse(reason, detail);
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
    if (registered) {
      inbox.post(new SeatEvent.PluginLost(session.instance));
    }
  }
}
