package org.keywarden.broker.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keywarden.broker.budget.Budget;
import org.keywarden.broker.budget.Holder;
import org.keywarden.broker.budget.Limits;
import org.keywarden.broker.budget.Limits.Bound;
import org.keywarden.broker.budget.Resource;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.proto.host.v1.AttachResponse;
import org.keywarden.proto.host.v1.FieldEdited;

/** A call that stays open, and what its peer leaves unread. */
final class ServerStreamTest {
  private static final Bound FEW = new Bound(4, 4);
  private static final AttachResponse LARGE =
      AttachResponse.newBuilder()
          .setFieldEdited(FieldEdited.newBuilder().setCommit("x".repeat(1_000)))
          .build();
  private static final int SIZE = LARGE.getSerializedSize();

  private final Budget budget = new Budget(new Limits(FEW, FEW, FEW, new Bound(400_000, 400_000)));
  private final Peer peer = new Peer();
  private final Budget.Share share = Objects.requireNonNull(budget.open(Holder.GONE, () -> {}));
  private int gone;
  private final ServerStream<AttachResponse> stream = new ServerStream<>(peer, share, () -> gone++);

  /** The other side, as gRPC shows it. */
  private static final class Peer extends ServerCallStreamObserver<AttachResponse> {
    private final List<AttachResponse> sent = new ArrayList<>();
    private boolean ready = true;
    private boolean cancelled;
    private int ends;
    private @Nullable Throwable refusal;
    private Runnable onReady = () -> {};
    private Runnable onCancel = () -> {};

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      onCancel = handler;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      onReady = handler;
    }

    @Override
    public void onNext(AttachResponse response) {
      sent.add(response);
    }

    @Override
    public void onError(Throwable error) {
      ends++;
      refusal = error;
    }

    @Override
    public void onCompleted() {
      ends++;
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

  private void send(int times) {
    for (int i = 0; i < times; i++) {
      stream.send(LARGE);
    }
  }

  private Reason reason() {
    return Refusals.reasonOf((StatusRuntimeException) Objects.requireNonNull(peer.refusal))
        .orElseThrow();
  }

  @Test
  void whoReadsIsSentAnyNumberAndChargedNothing() {
    send(1_000);
    assertEquals(1_000, peer.sent.size());
    assertEquals(0, budget.held(Resource.BYTES));
  }

  @Test
  void whatIsNotReadIsChargedByItsBytesUntilItIs() {
    peer.ready = false;
    send(10);
    assertEquals(10L * SIZE, budget.held(Resource.BYTES));
    peer.ready = true;
    peer.onReady.run();
    assertEquals(0, budget.held(Resource.BYTES));
    send(1_000);
    assertEquals(0, peer.ends);
  }

  @Test
  void whoNeverReadsIsEndedOnceAndHoldsNothing() {
    peer.ready = false;
    send(1_000);
    assertTrue(peer.sent.size() * SIZE <= ServerStream.MOST_UNREAD, peer.sent.size() + " sent");
    assertEquals(Reason.REASON_FLOODING, reason());
    assertEquals(1, peer.ends);
    assertEquals(1, gone);
    assertEquals(0, budget.held(Resource.BYTES));
    peer.onCancel.run();
    stream.complete();
    assertEquals(1, gone);
    assertEquals(1, peer.ends);
  }

  @Test
  void manyStreamsOfOneProcessShareWhatItMayLeaveUnread() {
    peer.ready = false;
    assertTrue(share.take(Resource.BYTES, 399_000));
    send(1);
    assertEquals(Reason.REASON_FLOODING, reason());
    assertEquals(399_000, budget.held(Resource.BYTES));
  }

  @Test
  void anEndFromThisSideIsToldToThePeerAlone() {
    stream.end(Reason.REASON_GRANT_REVOKED, "over");
    peer.onCancel.run();
    assertEquals(0, gone);
    assertEquals(Reason.REASON_GRANT_REVOKED, reason());
    send(3);
    assertEquals(List.of(), peer.sent);
  }

  @Test
  void anEndFromThePeerIsToldHereAlone() {
    peer.ready = false;
    send(5);
    peer.cancelled = true;
    peer.onCancel.run();
    assertEquals(1, gone);
    assertEquals(0, peer.ends);
    assertNull(peer.refusal);
    assertTrue(stream.ended());
    assertEquals(0, budget.held(Resource.BYTES));
  }
}
