package org.keywarden.trusted;

import io.grpc.stub.StreamObserver;
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
import org.keywarden.testbed.ServiceSocket;

/** The broker's side of the session, on a real unix socket. */
final class FakeBroker extends TrustedKeyboardServiceGrpc.TrustedKeyboardServiceImplBase
    implements AutoCloseable {
  private static final long SECONDS = 20;

  private final BlockingQueue<SessionRequest> requests = new LinkedBlockingQueue<>();
  private final CompletableFuture<StreamObserver<SessionResponse>> responses =
      new CompletableFuture<>();
  private final ServiceSocket served;
  private long sequence;

  FakeBroker(Path socket) throws IOException {
    served = new ServiceSocket(socket, this);
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
    served.close();
  }
}
