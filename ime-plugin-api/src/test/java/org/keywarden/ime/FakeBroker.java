package org.keywarden.ime;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.keywarden.proto.capability.Possession;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.input.v1.ContentType;
import org.keywarden.proto.input.v1.Purpose;
import org.keywarden.proto.input.v1.Right;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.DeriveCapabilityRequest;
import org.keywarden.proto.plugin.v1.DeriveCapabilityResponse;
import org.keywarden.proto.plugin.v1.GrantOffered;
import org.keywarden.proto.plugin.v1.GrantRenewed;
import org.keywarden.proto.plugin.v1.GrantRevoked;
import org.keywarden.proto.plugin.v1.Opened;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc.PluginServiceImplBase;
import org.keywarden.proto.plugin.v1.Register;
import org.keywarden.proto.plugin.v1.Registered;
import org.keywarden.proto.plugin.v1.Welcome;
import org.keywarden.testbed.ServiceSocket;

/** The broker's side of {@code PluginService}, one plugin, driven by a test step by step. */
final class FakeBroker extends PluginServiceImplBase implements ServerInterceptor, AutoCloseable {
  static final ByteString NONCE = ByteString.copyFromUtf8("a nonce of thirty-two characters");

  private static final long SECONDS = 20;
  private static final Context.Key<Metadata> HEADERS = Context.key("headers");
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final BlockingQueue<StreamObserver<ConnectResponse>> sessions =
      new LinkedBlockingQueue<>();
  private final BlockingQueue<ConnectRequest> fromSession = new LinkedBlockingQueue<>();
  private final BlockingQueue<Grant> composing = new LinkedBlockingQueue<>();
  private final BlockingQueue<DeriveCapabilityRequest> derivations = new LinkedBlockingQueue<>();
  private final ServiceSocket served;

  private StreamObserver<ConnectResponse> session = nowhere();
  private byte[] holderKey = new byte[0];

  FakeBroker(Path socket) throws IOException {
    served = new ServiceSocket(socket, this, this);
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return Contexts.interceptCall(
        Context.current().withValue(HEADERS, headers), call, headers, next);
  }

  @Override
  public StreamObserver<ConnectRequest> connect(StreamObserver<ConnectResponse> responses) {
    sessions.add(responses);
    return into(fromSession);
  }

  @Override
  public StreamObserver<ComposeRequest> compose(StreamObserver<ComposeResponse> responses) {
    Grant grant = new Grant(HEADERS.get(), responses);
    composing.add(grant);
    return new StreamObserver<>() {
      @Override
      public void onNext(ComposeRequest request) {
        grant.requests.add(request);
      }

      @Override
      public void onError(Throwable error) {
        grant.ends.add("cancelled");
      }

      @Override
      public void onCompleted() {
        grant.ends.add("completed");
      }
    };
  }

  @Override
  public void deriveCapability(
      DeriveCapabilityRequest request, StreamObserver<DeriveCapabilityResponse> answer) {
    derivations.add(request);
    if (request.getLifetimeMs() == 1) {
      answer.onError(Refusals.of(Reason.REASON_DERIVATION_REFUSED, "too short for this test"));
      return;
    }
    answer.onNext(
        DeriveCapabilityResponse.newBuilder()
            .setToken(ByteString.copyFrom(Objects.requireNonNull(HEADERS.get().get(TOKEN))))
            .build());
    answer.onCompleted();
  }

  private static final Metadata.Key<byte[]> TOKEN =
      Metadata.Key.of("keywarden-token-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Metadata.Key<byte[]> PROOF =
      Metadata.Key.of("keywarden-proof-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** Waits for the plugin's session and says welcome; its first message is returned. */
  Register welcome() throws InterruptedException {
    session = next(sessions);
    tell(
        ConnectResponse.newBuilder()
            .setWelcome(Welcome.newBuilder().setConnectionNonce(NONCE))
            .build());
    Register register = next(fromSession).getRegister();
    holderKey = register.getHolderKey().toByteArray();
    return register;
  }

  void registered() {
    tell(ConnectResponse.newBuilder().setRegistered(Registered.getDefaultInstance()).build());
  }

  /** Registers the plugin, whatever it says. */
  void accept() throws InterruptedException {
    welcome();
    registered();
  }

  void refuse(Reason reason) {
    session.onError(Refusals.of(reason, "refused by the test"));
  }

  void complete() {
    session.onCompleted();
  }

  /** Offers a capability and waits until the plugin presents it; it is then live. */
  Grant grant(long number, String token) throws InterruptedException {
    offer(number, token);
    Grant grant = next(composing);
    grant.tell(ComposeResponse.newBuilder().setOpened(Opened.getDefaultInstance()).build());
    return grant;
  }

  void offer(long number, String token) {
    tell(
        ConnectResponse.newBuilder()
            .setGrantOffered(
                GrantOffered.newBuilder()
                    .setGrant(number)
                    .setToken(ByteString.copyFromUtf8(token))
                    .addRights(Right.RIGHT_RECEIVE_KEYS)
                    .addRights(Right.RIGHT_COMMIT_TEXT)
                    .setContentType(ContentType.newBuilder().setPurpose(Purpose.PURPOSE_EMAIL))
                    .setLearning(true))
            .build());
  }

  Grant presented() throws InterruptedException {
    return next(composing);
  }

  void renew(long number, String token) {
    tell(
        ConnectResponse.newBuilder()
            .setGrantRenewed(
                GrantRenewed.newBuilder().setGrant(number).setToken(ByteString.copyFromUtf8(token)))
            .build());
  }

  void revoke(long number) {
    tell(
        ConnectResponse.newBuilder()
            .setGrantRevoked(GrantRevoked.newBuilder().setGrant(number))
            .build());
  }

  DeriveCapabilityRequest derivation() throws InterruptedException {
    return next(derivations);
  }

  /** Whether the signature is by the key the plugin registered. */
  boolean isByHolder(byte[] message, byte[] signature) throws GeneralSecurityException {
    byte[] encoded = new byte[X509_PREFIX.length + holderKey.length];
    System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
    System.arraycopy(holderKey, 0, encoded, X509_PREFIX.length, holderKey.length);
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
    verifier.update(message);
    return verifier.verify(signature);
  }

  private void tell(ConnectResponse response) {
    session.onNext(response);
  }

  /** The broker goes away as one that is killed. */
  void vanish() {
    served.vanish();
  }

  @Override
  public void close() {
    served.close();
  }

  /** One capability that the plugin presented. */
  final class Grant {
    private final Metadata headers;
    private final StreamObserver<ComposeResponse> responses;
    private final BlockingQueue<ComposeRequest> requests = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    Grant(Metadata headers, StreamObserver<ComposeResponse> responses) {
      this.headers = headers;
      this.responses = responses;
    }

    byte[] token() {
      return Objects.requireNonNull(headers.get(TOKEN));
    }

    /** Whether the call's proof is the holder's, over this connection and token. */
    boolean isProven() throws GeneralSecurityException {
      return isByHolder(
          Possession.toPresent(NONCE.toByteArray(), token()),
          Objects.requireNonNull(headers.get(PROOF)));
    }

    void tell(ComposeResponse response) {
      responses.onNext(response);
    }

    void key(long sequence, int keysym) {
      tell(WireKeys.press(sequence, keysym));
    }

    ComposeRequest next() throws InterruptedException {
      return FakeBroker.next(requests);
    }

    /** Resets the stream as a revocation does. */
    void reset() {
      responses.onError(Refusals.of(Reason.REASON_GRANT_REVOKED, "FOCUS_LOST"));
    }

    /** How the plugin ended the stream. */
    String end() throws InterruptedException {
      return FakeBroker.next(ends);
    }
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the plugin sent nothing within " + SECONDS + " s");
    }
    return next;
  }

  private static StreamObserver<ConnectRequest> into(BlockingQueue<ConnectRequest> queue) {
    return new StreamObserver<>() {
      @Override
      public void onNext(ConnectRequest request) {
        queue.add(request);
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {}
    };
  }

  private static StreamObserver<ConnectResponse> nowhere() {
    return new StreamObserver<>() {
      @Override
      public void onNext(ConnectResponse response) {
        throw new IllegalStateException("no plugin has connected");
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {}
    };
  }
}
