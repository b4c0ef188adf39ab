package org.keywarden.ime;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.DeriveCapabilityRequest;
import org.keywarden.proto.plugin.v1.DeriveCapabilityResponse;
import org.keywarden.proto.plugin.v1.GrantOffered;
import org.keywarden.proto.plugin.v1.GrantRenewed;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc.PluginServiceStub;

/** The plugin's one session with the broker, on the event loop from its start to its end. */
final class BrokerSession implements ClientResponseObserver<ConnectRequest, ConnectResponse> {
  private final InputMethod inputMethod;
  private final String pluginId;
  private final PluginServiceStub broker;
  private final Executor loop;
  private final HolderKey holder;
  private final FaultLog log;

  /** Says how a session that was never registered failed, given the name of the failure. */
  private final Function<Throwable, Ending> unregistered;

  private final CompletableFuture<Ending> ending = new CompletableFuture<>();
  private final Map<Long, ComposeCall> calls = new HashMap<>();
  private @Nullable ClientCallStreamObserver<ConnectRequest> requests;
  private @Nullable Credentials credentials;
  private boolean registered;

  BrokerSession(
      InputMethod inputMethod,
      String pluginId,
      PluginServiceStub broker,
      Executor loop,
      HolderKey holder,
      FaultLog log,
      Function<Throwable, Ending> unregistered) {
    this.inputMethod = inputMethod;
    this.pluginId = pluginId;
    this.broker = broker;
    this.loop = loop;
    this.holder = holder;
    this.log = log;
    this.unregistered = unregistered;
  }

  /** Connects; the result is completed when the session is over. */
  CompletableFuture<Ending> start() {
    loop.execute(() -> broker.connect(this));
    return ending;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<ConnectRequest> stream) {
    requests = stream;
  }

  @Override
  public void onNext(ConnectResponse response) {
    switch (response.getMessageCase()) {
      case WELCOME -> register(response.getWelcome().getConnectionNonce());
      case REGISTERED -> registered = true;
      case GRANT_OFFERED -> compose(response.getGrantOffered());
      case GRANT_RENEWED -> renew(response.getGrantRenewed());
      case GRANT_REVOKED -> revoke(response.getGrantRevoked().getGrant());
      case MESSAGE_NOT_SET -> {}
    }
  }

  private void register(ByteString nonce) {
    credentials = new Credentials(holder, nonce);
    if (requests != null) {
      requests.onNext(
          ConnectRequest.newBuilder().setRegister(credentials.register(pluginId)).build());
    }
  }

  private void compose(GrantOffered offer) {
    long grant = offer.getGrant();
    ComposeCall call =
        new ComposeCall(inputMethod, offer, loop, this::derive, () -> calls.remove(grant), log);
    calls.put(grant, call);
    presenting(offer.getToken()).compose(call);
  }

  private void renew(GrantRenewed renewal) {
    ComposeCall call = calls.get(renewal.getGrant());
    if (call != null) {
      call.renew(renewal.getToken());
    }
  }

  private void revoke(long grant) {
    ComposeCall call = calls.get(grant);
    if (call != null) {
      call.revoke();
    }
  }

  private void derive(
      ByteString token, DeriveCapabilityRequest request, CompletableFuture<ChildToken> child) {
    presenting(token)
        .deriveCapability(
            request,
            new StreamObserver<>() {
              @Override
              public void onNext(DeriveCapabilityResponse response) {
                child.complete(new ChildToken(response.getToken().toByteArray()));
              }

              @Override
              public void onError(Throwable error) {
                child.completeExceptionally(new DerivationRefused(Failure.nameOf(error)));
              }

              @Override
              public void onCompleted() {}
            });
  }

  private PluginServiceStub presenting(ByteString token) {
    if (credentials == null) {
      throw new IllegalStateException("the broker offered a capability before it said welcome");
    }
    return broker.withInterceptors(
        MetadataUtils.newAttachHeadersInterceptor(credentials.present(token)));
  }

  @Override
  public void onError(Throwable error) {
    end(registered ? Ending.served() : unregistered.apply(error));
  }

  @Override
  public void onCompleted() {
    end(registered ? Ending.served() : Ending.refused(pluginId, "it ended the session"));
  }

  private void end(Ending how) {
    requests = null;
    List.copyOf(calls.values()).forEach(ComposeCall::revoke);
    ending.complete(how);
  }
}
