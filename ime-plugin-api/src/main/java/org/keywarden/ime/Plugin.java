package org.keywarden.ime;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.capability.Possession;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.GrantOffered;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc;
import org.keywarden.proto.plugin.v1.Register;

/** Runs an input method as a plugin of the broker that started this process. */
public final class Plugin {
  private static final Metadata.Key<byte[]> TOKEN =
      Metadata.Key.of("keywarden-token-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Metadata.Key<byte[]> PROOF =
      Metadata.Key.of("keywarden-proof-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final int MISUSED = 64;

  private final InputMethod inputMethod;
  private final String id;
  private final PluginServiceGrpc.PluginServiceStub broker;
  private final HolderKey holder = new HolderKey();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<Long, Composing> composing = new HashMap<>();
  private byte[] nonce = new byte[0];
  private @Nullable StreamObserver<ConnectRequest> session;

  private Plugin(InputMethod inputMethod, String id, PluginServiceGrpc.PluginServiceStub broker) {
    this.inputMethod = inputMethod;
    this.id = id;
    this.broker = broker;
  }

  /**
   * Serves until the broker ends the session; then the process may end. Exits with 64 if no broker
   * started this process.
   */
  public static void run(InputMethod inputMethod) {
    String socket = System.getenv("KEYWARDEN_SOCKET");
    String id = System.getenv("KEYWARDEN_PLUGIN_ID");
    if (socket == null || id == null) {
      System.err.println(
          "this input method is a plugin of Keywarden: the broker starts it and sets KEYWARDEN_SOCKET and KEYWARDEN_PLUGIN_ID");
      System.exit(MISUSED);
      return;
    }
    run(inputMethod, id, Path.of(socket));
  }

  /** As {@link #run(InputMethod)}, with what the environment would say. */
  static void run(InputMethod inputMethod, String id, Path socket) {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toFile()))
            .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
            .eventLoopGroup(loop)
            .overrideAuthority("keywarden")
            .usePlaintext()
            .directExecutor()
            .build();
    Plugin plugin = new Plugin(inputMethod, id, PluginServiceGrpc.newStub(channel));
    plugin.connect();
    try {
      plugin.ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.shutdownNow();
    loop.shutdownGracefully();
  }

  private void connect() {
    session =
        broker.connect(
            new StreamObserver<>() {
              @Override
              public void onNext(ConnectResponse response) {
                handle(response);
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

  private void handle(ConnectResponse response) {
    switch (response.getMessageCase()) {
      case WELCOME -> register(response.getWelcome().getConnectionNonce().toByteArray());
      case GRANT_OFFERED -> compose(response.getGrantOffered());
      case GRANT_RENEWED -> {
        Composing renewed = composing.get(response.getGrantRenewed().getGrant());
        if (renewed != null) {
          renewed.renew(response.getGrantRenewed().getToken());
        }
      }
      case GRANT_REVOKED -> composing.remove(response.getGrantRevoked().getGrant());
      case REGISTERED, MESSAGE_NOT_SET -> {}
    }
  }

  private void register(byte[] connectionNonce) {
    nonce = connectionNonce;
    byte[] raw = holder.raw();
    if (session != null) {
      session.onNext(
          ConnectRequest.newBuilder()
              .setRegister(
                  Register.newBuilder()
                      .setPluginId(id)
                      .setHolderKey(ByteString.copyFrom(raw))
                      .setProof(
                          ByteString.copyFrom(holder.sign(Possession.toRegister(nonce, raw)))))
              .build());
    }
  }

  private void compose(GrantOffered offer) {
    byte[] token = offer.getToken().toByteArray();
    Metadata metadata = new Metadata();
    metadata.put(TOKEN, token);
    metadata.put(PROOF, holder.sign(Possession.toPresent(nonce, token)));
    Composing opened =
        new Composing(
            inputMethod,
            new FieldInfo(offer.getContentType().getPurpose(), offer.getLearning()),
            () -> composing.remove(offer.getGrant()));
    composing.put(offer.getGrant(), opened);
    opened.open(
        broker
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
            .compose(opened));
  }
}
