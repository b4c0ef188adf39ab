package org.keywarden.sdk;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.keywarden.proto.plugin.v1.ComposeRequest;
import org.keywarden.proto.plugin.v1.ComposeResponse;
import org.keywarden.proto.plugin.v1.ConnectRequest;
import org.keywarden.proto.plugin.v1.ConnectResponse;
import org.keywarden.proto.plugin.v1.PluginServiceGrpc.PluginServiceImplBase;
import org.keywarden.testbed.Await;
import org.keywarden.testbed.ServiceSocket;

/** The broker's side of the wire: what a plugin sends is kept until it is asked for. */
final class PlayedBroker extends PluginServiceImplBase implements ServerInterceptor, AutoCloseable {
  private static final Context.Key<Metadata> HEADERS = Context.key("headers");

  private final BlockingQueue<Call<ConnectRequest, ConnectResponse>> sessions =
      new LinkedBlockingQueue<>();
  private final BlockingQueue<Call<ComposeRequest, ComposeResponse>> composing =
      new LinkedBlockingQueue<>();
  private final ServiceSocket served;

  PlayedBroker(Path socket) throws IOException {
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
    return kept(responses, sessions);
  }

  @Override
  public StreamObserver<ComposeRequest> compose(StreamObserver<ComposeResponse> responses) {
    return kept(responses, composing);
  }

  private static <Q, R> StreamObserver<Q> kept(
      StreamObserver<R> responses, BlockingQueue<Call<Q, R>> calls) {
    Call<Q, R> call =
        new Call<>(Objects.requireNonNull(HEADERS.get()), (ServerCallStreamObserver<R>) responses);
    calls.add(call);
    return call;
  }

  Call<ConnectRequest, ConnectResponse> session() throws InterruptedException {
    return next(sessions);
  }

  Call<ComposeRequest, ComposeResponse> presented() throws InterruptedException {
    return next(composing);
  }

  void vanish() {
    served.vanish();
  }

  @Override
  public void close() {
    served.close();
  }

  /** One call of the plugin's. */
  static final class Call<Q, R> implements StreamObserver<Q> {
    private final Metadata headers;
    private final ServerCallStreamObserver<R> responses;
    private final BlockingQueue<Q> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private volatile boolean deaf;

    Call(Metadata headers, ServerCallStreamObserver<R> responses) {
      this.headers = headers;
      this.responses = responses;
      responses.setOnCancelHandler(() -> ends.add("cancels"));
      responses.disableAutoRequest();
      responses.request(1);
    }

    @Override
    public void onNext(Q message) {
      heard.add(message);
      if (!deaf) {
        responses.request(1);
      }
    }

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onCompleted() {
      ends.add("completes");
    }

    /** Reads nothing more for now; what comes fills the connection. */
    void stopReading() {
      deaf = true;
    }

    void readAgain() {
      deaf = false;
      responses.request(2);
    }

    byte[] header(String name) {
      byte[] value = headers.get(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER));
      if (value == null) {
        throw new AssertionError("the call has no " + name);
      }
      return value;
    }

    void say(R message) {
      responses.onNext(message);
    }

    void fail(Throwable how) {
      responses.onError(how);
    }

    void complete() {
      responses.onCompleted();
    }

    Q hear() throws InterruptedException {
      return next(heard);
    }

    /** Cancelled or half-closed: which of them the broker sees first is the library's affair. */
    void awaitEnd() throws InterruptedException {
      String ignored = next(ends);
    }

    boolean isSilent() {
      return heard.isEmpty();
    }
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("the plugin said nothing");
    }
    return next;
  }
}
