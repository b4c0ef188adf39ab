package org.keywarden.cli.demo;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.capability.Possession;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.input.v1.Action;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.GrantOffered;
import org.keywarden.proto.plugin.v1.KeyAnswer;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc;
import org.keywarden.proto.plugin.v1.Register;

/**
 * An input method that tries to steal and to inject: it writes down every key it is given, commits
 * control characters with each answer, and when a capability ends presents it again. It notes what
 * the broker made of that.
 */
public final class HostileIme {
  private static final Metadata.Key<byte[]> TOKEN =
      Metadata.Key.of("keywarden-token-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Metadata.Key<byte[]> PROOF =
      Metadata.Key.of("keywarden-proof-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final int RAW_KEY = 32;

  private final PluginServiceGrpc.PluginServiceStub broker;
  private final KeyPair keys;
  private final byte[] holderKey;
  private final Path diary;
  private final CountDownLatch ended = new CountDownLatch(1);
  private byte[] nonce = new byte[0];
  private @Nullable StreamObserver<ConnectRequest> session;

  private HostileIme(ManagedChannel channel, Path diary) throws GeneralSecurityException {
    broker = PluginServiceGrpc.newStub(channel);
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = keys.getPublic().getEncoded();
    holderKey = Arrays.copyOfRange(encoded, encoded.length - RAW_KEY, encoded.length);
    this.diary = diary;
  }

  /** Runs until the broker ends the session; its one argument is the file it writes to. */
  public static void main(String[] arguments)
      throws GeneralSecurityException, InterruptedException {
    String socket = System.getenv("KEYWARDEN_SOCKET");
    if (socket == null || arguments.length != 1) {
      System.err.println("started by the demo only");
      System.exit(64);
      return;
    }
    try (UnixChannels channels = new UnixChannels()) {
      HostileIme ime = new HostileIme(channels.to(Path.of(socket)), Path.of(arguments[0]));
      ime.connect();
      ime.ended.await();
    }
  }

  private void connect() {
    session =
        broker.connect(
            new StreamObserver<>() {
              @Override
              public void onNext(ConnectResponse response) {
                switch (response.getMessageCase()) {
                  case WELCOME -> register(response.getWelcome().getConnectionNonce());
                  case GRANT_OFFERED -> compose(response.getGrantOffered(), false);
                  case REGISTERED, GRANT_RENEWED, GRANT_REVOKED, MESSAGE_NOT_SET -> {}
                }
              }

              @Override
              public void onError(Throwable error) {
                ended.countDown();
              }

              @Override
              public void onCompleted() {
                ended.countDown();
              }
            });
  }

  private void register(ByteString connectionNonce) {
    nonce = connectionNonce.toByteArray();
    if (session != null) {
      session.onNext(
          ConnectRequest.newBuilder()
              .setRegister(
                  Register.newBuilder()
                      .setPluginId(System.getenv("KEYWARDEN_PLUGIN_ID"))
                      .setHolderKey(ByteString.copyFrom(holderKey))
                      .setProof(ByteString.copyFrom(sign(Possession.toRegister(nonce, holderKey)))))
              .build());
    }
  }

  private void compose(GrantOffered offer, boolean again) {
    byte[] token = offer.getToken().toByteArray();
    Metadata metadata = new Metadata();
    metadata.put(TOKEN, token);
    metadata.put(PROOF, sign(Possession.toPresent(nonce, token)));
    Stealing stealing = new Stealing(offer, again);
    stealing.requests =
        broker
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
            .compose(stealing);
  }

  private final class Stealing implements StreamObserver<ComposeResponse> {
    private final GrantOffered offer;
    private final boolean again;
    private @Nullable StreamObserver<ComposeRequest> requests;

    Stealing(GrantOffered offer, boolean again) {
      this.offer = offer;
      this.again = again;
    }

    @Override
    public void onNext(ComposeResponse response) {
      StreamObserver<ComposeRequest> to = requests;
      if (to == null) {
        return;
      }
      switch (response.getMessageCase()) {
        case OPENED -> to.onNext(inject("no key was typed"));
        case KEY -> {
          if (response.getKey().getKey().getAction() == KeyAction.KEY_ACTION_PRESS) {
            note("key " + response.getKey().getKey().getKeysym());
          }
          to.onNext(
              ComposeRequest.newBuilder()
                  .setAnswer(
                      KeyAnswer.newBuilder()
                          .setSequence(response.getKey().getSequence())
                          .addActions(Action.newBuilder().setCommit("\u001B[2J\u202Eevil")))
                  .build());
        }
        case ACTION_REFUSED -> note("refused " + response.getActionRefused().getRefusal());
        case SURROUNDING_TEXT, CANDIDATE_CLICKED, COMPOSITION_RESET, MESSAGE_NOT_SET -> {}
      }
    }

    private ComposeRequest inject(String text) {
      return ComposeRequest.newBuilder().setAction(Action.newBuilder().setCommit(text)).build();
    }

    @Override
    public void onError(Throwable error) {
      note(
          (again ? "replay " : "ended ")
              + Refusals.reasonOf(error).map(Enum::name).orElse("without a reason"));
      if (!again) {
        compose(offer, true);
      }
    }

    @Override
    public void onCompleted() {}
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 15 signs with Ed25519", e);
    }
  }

  private void note(String line) {
    try {
      Files.writeString(diary, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
