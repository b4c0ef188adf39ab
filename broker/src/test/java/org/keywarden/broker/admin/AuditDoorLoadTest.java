package org.keywarden.broker.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.audit.v1.AuditServiceGrpc;
import org.keywarden.proto.audit.v1.FollowRequest;
import org.keywarden.proto.audit.v1.FollowResponse;
import org.keywarden.proto.audit.v1.GetCheckpointRequest;
import org.keywarden.proto.audit.v1.QueryRequest;
import org.keywarden.proto.audit.v1.QueryResponse;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;
import org.keywarden.testbed.Await;

/** Callers of the log that read slowly, or are too many. */
final class AuditDoorLoadTest extends AuditDoorScene {
  /** A call whose answers are read only when asked for. */
  private static final class Slow extends ClientCall.Listener<QueryResponse> {
    final CompletableFuture<Status> status = new CompletableFuture<>();
    final CompletableFuture<Metadata> trailers = new CompletableFuture<>();
    final LinkedBlockingQueue<QueryResponse> came = new LinkedBlockingQueue<>();

    @Override
    public void onMessage(QueryResponse message) {
      came.add(message);
    }

    @Override
    public void onClose(Status how, Metadata with) {
      trailers.complete(with);
      status.complete(how);
    }
  }

  private static ClientCall<QueryRequest, QueryResponse> open(ManagedChannel own, Slow listener) {
    ClientCall<QueryRequest, QueryResponse> call =
        own.newCall(
            AuditServiceGrpc.getQueryMethod(),
            io.grpc.CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS));
    call.start(listener, new Metadata());
    call.sendMessage(QueryRequest.getDefaultInstance());
    call.halfClose();
    return call;
  }

  @Test
  void whoDoesNotReadIsToldSoAndHoldsUpNobody() throws Exception {
    for (int i = 0; i < 3; i++) {
      grants();
    }
    Slow slow = new Slow();
    ManagedChannel own = connect();
    ClientCall<QueryRequest, QueryResponse> call = open(own, slow);
    assertEquals(6 * GRANTS, query(QueryRequest.newBuilder()).size(), "others are served");
    Await.until(
        "the call to be given up",
        () -> {
          boolean open = seat.submit(door::calls).get() > 0;
          if (open) {
            pass(LogStream.PATIENCE);
          }
          return !open;
        });
    call.request(Integer.MAX_VALUE);
    assertEquals(
        Optional.of(Reason.REASON_FLOODING),
        Refusals.reasonOf(slow.status.get(20, TimeUnit.SECONDS), slow.trailers.get()));
    int sent = slow.came.stream().mapToInt(QueryResponse::getEntriesCount).sum();
    assertTrue(sent > 0 && sent < 6 * GRANTS, "sent " + sent);
    own.shutdownNow();
  }

  @Test
  void whoReadsAgainInTimeGetsAll() throws Exception {
    for (int i = 0; i < 3; i++) {
      grants();
    }
    Slow slow = new Slow();
    ManagedChannel own = connect();
    ClientCall<QueryRequest, QueryResponse> call = open(own, slow);
    Later patience = waiting.poll(20, TimeUnit.SECONDS);
    call.request(Integer.MAX_VALUE);
    assertTrue(slow.status.get(20, TimeUnit.SECONDS).isOk());
    seat.execute(patience.task());
    assertEquals(6 * GRANTS, slow.came.stream().mapToInt(QueryResponse::getEntriesCount).sum());
    own.shutdownNow();
  }

  @Test
  void moreCallsThanItsShareAreRefused() throws Exception {
    grants();
    List<ClientCall<FollowRequest, FollowResponse>> calls = new ArrayList<>();
    for (int i = 0; i < AuditDoor.MOST_CALLS; i++) {
      ClientCall<FollowRequest, FollowResponse> call =
          channel.newCall(AuditServiceGrpc.getFollowMethod(), io.grpc.CallOptions.DEFAULT);
      call.start(new ClientCall.Listener<>() {}, new Metadata());
      call.sendMessage(FollowRequest.newBuilder().setFrom(2 * GRANTS).build());
      call.halfClose();
      calls.add(call);
      assertEquals(LogStream.REST, waiting.poll(20, TimeUnit.SECONDS).delay());
    }
    assertEquals(
        Optional.of(Reason.REASON_FLOODING),
        reasonOf(() -> log().getCheckpoint(GetCheckpointRequest.getDefaultInstance())));
    calls.getFirst().cancel("enough", null);
    // The cancellation travels on the same connection, before the next call.
    assertFalse(log().getCheckpoint(GetCheckpointRequest.getDefaultInstance()).getNote().isEmpty());
    calls.forEach(call -> call.cancel("enough", null));
  }
}
