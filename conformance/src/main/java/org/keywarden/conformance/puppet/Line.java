package org.keywarden.conformance.puppet;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.capability.Possession;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc;
import org.keywarden.proto.plugin.v1.Register;

/** One connection to the broker, with a Connect stream for the nonce. On the puppet's thread. */
final class Line implements StreamObserver<ConnectResponse> {
  final ManagedChannel channel;

  private final StreamObserver<ConnectRequest> requests;
  private final Consumer<ConnectResponse> sink;
  private final Consumer<Line> welcomed;
  private byte @Nullable [] nonce;
  private boolean registered;
  private @Nullable String ended;

  /**
   * Connects.
   *
   * @param welcomed told once the nonce is known
   * @param sink told of everything after the welcome
   */
  Line(Path socket, EventLoopGroup loop, Consumer<Line> welcomed, Consumer<ConnectResponse> sink) {
    this.welcomed = welcomed;
    this.sink = sink;
    this.channel = UnixChannels.on(loop, socket).directExecutor().build();
    this.requests = PluginServiceGrpc.newStub(channel).connect(this);
  }

  void register(String id, Holder holder, Holder signer) {
    byte[] known = nonce;
    if (known == null) {
      throw new IllegalStateException("registered before the welcome");
    }
    requests.onNext(
        ConnectRequest.newBuilder()
            .setRegister(
                Register.newBuilder()
                    .setPluginId(id)
                    .setHolderKey(ByteString.copyFrom(holder.publicKey()))
                    .setProof(
                        ByteString.copyFrom(
                            signer.sign(Possession.toRegister(known, holder.publicKey())))))
            .build());
  }

  byte[] proof(Holder holder, byte[] token) {
    byte[] known = nonce;
    return holder.sign(Possession.toPresent(known == null ? new byte[0] : known, token));
  }

  /** How the Connect stream stands: "", "REGISTERED", or the reason it ended. */
  String standing() {
    String end = ended;
    return end != null ? end : registered ? "REGISTERED" : "";
  }

  @Override
  public void onNext(ConnectResponse response) {
    if (response.hasWelcome()) {
      nonce = response.getWelcome().getConnectionNonce().toByteArray();
      welcomed.accept(this);
    } else {
      registered |= response.hasRegistered();
      sink.accept(response);
    }
  }

  @Override
  public void onError(Throwable failure) {
    Metadata trailers = Status.trailersFromThrowable(failure);
    Status status = Status.fromThrowable(failure);
    ended =
        Refusals.reasonOf(status, trailers == null ? new Metadata() : trailers)
            .map(Refusals::nameOf)
            .orElse("status " + status.getCode());
  }

  @Override
  public void onCompleted() {
    ended = "COMPLETED";
  }
}
