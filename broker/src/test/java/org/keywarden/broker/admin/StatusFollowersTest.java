package org.keywarden.broker.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.admin.v1.FollowStatusResponse;
import org.keywarden.proto.admin.v1.GetStatusResponse;

/** What those who follow are sent, and how much at most. */
final class StatusFollowersTest {
  private GetStatusResponse now = status("a");
  private final StatusFollowers followers = new StatusFollowers(() -> now);

  private static GetStatusResponse status(String application) {
    return GetStatusResponse.newBuilder().setApplication(application).build();
  }

  private void become(String application) {
    now = status(application);
    followers.look();
  }

  /** A call whose other end reads when the test wants. */
  private static final class Call extends ServerCallStreamObserver<FollowStatusResponse> {
    private final List<String> sent = new ArrayList<>();
    private boolean ready = true;
    private Runnable onReady = () -> {};
    private Runnable onCancel = () -> {};
    private @Nullable Throwable refused;

    void read() {
      ready = true;
      onReady.run();
    }

    @Override
    public void onNext(FollowStatusResponse message) {
      sent.add(message.getStatus().getApplication());
    }

    @Override
    public void onError(Throwable refusal) {
      refused = refusal;
    }

    @Override
    public void onCompleted() {}

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      onReady = handler;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      onCancel = handler;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }

  private Call follow() {
    Call call = new Call();
    followers.add(call);
    return call;
  }

  @Test
  void whatIsSoComesFirstThenEachChange() {
    Call call = follow();
    followers.look();
    become("b");
    become("b");
    become("a");
    assertEquals(List.of("a", "b", "a"), call.sent);
  }

  @Test
  void whoDoesNotReadLearnsTheLastOnly() {
    Call call = follow();
    call.ready = false;
    Stream.of("b", "c", "d").forEach(this::become);
    assertEquals(List.of("a"), call.sent);
    call.read();
    call.read();
    assertEquals(List.of("a", "d"), call.sent);
  }

  @Test
  void thereAreAFewAtATime() {
    List<Call> calls = Stream.generate(this::follow).limit(StatusFollowers.MOST).toList();
    Call more = follow();
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, Status.fromThrowable(more.refused).getCode());
    assertEquals(List.of(), more.sent);
    calls.getFirst().onCancel.run();
    assertEquals(List.of("a"), follow().sent);
    become("b");
    assertEquals(List.of("a"), calls.getFirst().sent);
  }
}
