package org.keywarden.trusted;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.input.v1.Key;
import org.keywarden.proto.input.v1.KeyAction;
import org.keywarden.proto.trusted.v1.Answer;
import org.keywarden.proto.trusted.v1.Forget;
import org.keywarden.proto.trusted.v1.KeyDelivery;
import org.keywarden.proto.trusted.v1.SessionRequest;
import org.keywarden.proto.trusted.v1.SessionResponse;
import org.keywarden.proto.trusted.v1.TrustedKeyboardServiceGrpc;

/** The broker's side of the session, on a real unix socket. */
final class FakeBroker extends TrustedKeyboardServiceGrpc.TrustedKeyboardServiceImplBase
    implements AutoCloseable {
  private static final long SECONDS = 20;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final BlockingQueue<SessionRequest> requests = new LinkedBlockingQueue<>();
  private final CompletableFuture<StreamObserver<SessionResponse>> responses =
      new CompletableFuture<>();
  private final Server server;
  private long sequence;

  FakeBroker(Path socket) throws IOException {
    server =
        NettyServerBuilder.forAddress(new DomainSocketAddress(socket.toString()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(group)
            .workerEventLoopGroup(group)
            .directExecutor()
            .addService(this)
            .build()
            .start();
  }

  @Override
  public StreamObserver<SessionRequest> session(StreamObserver<SessionResponse> observer) {
    responses.complete(observer);
    return new StreamObserver<>() {
      @Override
      public void onNext(SessionRequest request) {
        requests.add(request);
      }

      @Override
      public void onError(Throwable error) {}

      @Override
      public void onCompleted() {}
    };
  }

  @Nullable SessionRequest next() throws InterruptedException {
    return requests.poll(SECONDS, TimeUnit.SECONDS);
  }

  boolean wasCalled() {
    return responses.isDone();
  }

  Answer key(int keysym, int keycode, int modifiers, KeyAction action) throws Exception {
    Key key =
        Key.newBuilder()
            .setKeysym(keysym)
            .setKeycode(keycode)
            .setModifiers(modifiers)
            .setAction(action)
            .build();
    send(
        SessionResponse.newBuilder()
            .setKey(KeyDelivery.newBuilder().setSequence(++sequence).setKey(key))
            .build());
    SessionRequest request = next();
    if (request == null || !request.hasAnswer() || request.getAnswer().getSequence() != sequence) {
      throw new AssertionError("no answer to the key delivered");
    }
    return request.getAnswer();
  }

  void forget() throws Exception {
    send(SessionResponse.newBuilder().setForget(Forget.getDefaultInstance()).build());
  }

  void complete() throws Exception {
    responses.get(SECONDS, TimeUnit.SECONDS).onCompleted();
  }

  private void send(SessionResponse response) throws Exception {
    responses.get(SECONDS, TimeUnit.SECONDS).onNext(response);
  }

  @Override
  public void close() {
    server.shutdownNow();
    group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
