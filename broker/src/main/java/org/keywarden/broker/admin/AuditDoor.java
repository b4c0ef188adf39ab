package org.keywarden.broker.admin;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.store.LogSource;
import org.keywarden.proto.audit.v1.AuditServiceGrpc.AuditServiceImplBase;
import org.keywarden.proto.audit.v1.Entry;
import org.keywarden.proto.audit.v1.FollowRequest;
import org.keywarden.proto.audit.v1.FollowResponse;
import org.keywarden.proto.audit.v1.GetCheckpointRequest;
import org.keywarden.proto.audit.v1.GetCheckpointResponse;
import org.keywarden.proto.audit.v1.GetConsistencyProofRequest;
import org.keywarden.proto.audit.v1.GetConsistencyProofResponse;
import org.keywarden.proto.audit.v1.GetInclusionProofRequest;
import org.keywarden.proto.audit.v1.GetInclusionProofResponse;
import org.keywarden.proto.audit.v1.QueryRequest;
import org.keywarden.proto.audit.v1.QueryResponse;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/**
 * Serves {@code AuditService} from the log's files. Neither the seat's loop nor the log's writer
 * waits for it: files are read on the disk's thread.
 *
 * <p>Thread: the seat's.
 */
public final class AuditDoor extends AuditServiceImplBase {
  /** Calls at once. */
  static final int MOST_CALLS = 16;

  private final LogPages pages;
  private final LogStream.Threads threads;
  private int calls;

  /**
   * @param disk runs one task at a time, and may wait for the disk
   * @param seat the seat's thread
   * @param later runs something on the seat's thread after a delay in ns
   */
  public AuditDoor(
      LogSource files, Executor disk, Executor seat, BiConsumer<Long, Runnable> later) {
    this.pages = new LogPages(files);
    this.threads = new LogStream.Threads(disk, seat, later);
  }

  /** Calls that are not over. */
  int calls() {
    return calls;
  }

  private boolean admit(StreamObserver<?> call) {
    if (calls >= MOST_CALLS) {
      call.onError(Refusals.of(Reason.REASON_FLOODING, MOST_CALLS + " calls read the log already"));
      return false;
    }
    calls++;
    return true;
  }

  @Override
  public void query(QueryRequest request, StreamObserver<QueryResponse> response) {
    LogSelection selection = new LogSelection(request);
    stream(
        response,
        0,
        page -> {
          var wanted = selection.of(page.entries());
          return new LogStream.Choice(wanted, page.last() || selection.isComplete());
        },
        entries -> QueryResponse.newBuilder().addAllEntries(entries).build());
  }

  @Override
  public void follow(FollowRequest request, StreamObserver<FollowResponse> response) {
    stream(
        response,
        request.getFrom(),
        page -> new LogStream.Choice(page.entries(), false),
        entries -> FollowResponse.newBuilder().addAllEntries(entries).build());
  }

  private <T> void stream(
      StreamObserver<T> response,
      long from,
      Function<LogPages.Page, LogStream.Choice> choose,
      Function<List<Entry>, T> message) {
    if (admit(response)) {
      var call = (ServerCallStreamObserver<T>) response;
      new LogStream<>(pages, threads, call, from, choose, message, () -> calls--).begin();
    }
  }

  @Override
  public void getCheckpoint(
      GetCheckpointRequest request, StreamObserver<GetCheckpointResponse> response) {
    answer(
        response,
        () -> {
          LogPages.Published published = pages.published();
          return GetCheckpointResponse.newBuilder()
              .setNote(ByteString.copyFromUtf8(published.note().encoded()))
              .setSize(published.checkpoint().size())
              .setRoot(bytes(published.checkpoint().root()))
              .setMinimum(published.minimum())
              .build();
        });
  }

  @Override
  public void getInclusionProof(
      GetInclusionProofRequest request, StreamObserver<GetInclusionProofResponse> response) {
    answer(
        response,
        () -> {
          LogPages.Inclusion inclusion = pages.inclusion(request.getIndex(), request.getSize());
          return GetInclusionProofResponse.newBuilder()
              .addAllHashes(inclusion.path().stream().map(AuditDoor::bytes).toList())
              .setSize(inclusion.size())
              .setLeaf(bytes(inclusion.leaf()))
              .build();
        });
  }

  @Override
  public void getConsistencyProof(
      GetConsistencyProofRequest request, StreamObserver<GetConsistencyProofResponse> response) {
    answer(
        response,
        () -> {
          LogPages.Consistency consistency =
              pages.consistency(request.getOlder(), request.getNewer());
          return GetConsistencyProofResponse.newBuilder()
              .addAllHashes(consistency.path().stream().map(AuditDoor::bytes).toList())
              .setNewer(consistency.newer())
              .build();
        });
  }

  private static ByteString bytes(Hash hash) {
    return ByteString.copyFrom(hash.bytes());
  }

  /** Makes the answer on the disk's thread and gives it on the seat's. */
  private <T> void answer(StreamObserver<T> response, Supplier<T> make) {
    if (!admit(response)) {
      return;
    }
    var call = (ServerCallStreamObserver<T>) response;
    // Or an answer to a call that was given up meanwhile would throw.
    call.setOnCancelHandler(() -> {});
    threads
        .disk()
        .execute(
            () -> {
              Runnable outcome = outcome(call, make);
              threads
                  .seat()
                  .execute(
                      () -> {
                        calls--;
                        outcome.run();
                      });
            });
  }

  private static <T> Runnable outcome(StreamObserver<T> call, Supplier<T> make) {
    try {
      T made = make.get();
      return () -> {
        call.onNext(made);
        call.onCompleted();
      };
    } catch (RuntimeException failed) {
      StatusRuntimeException refused = LogPages.refusal(failed);
      return () -> call.onError(refused);
    }
  }
}
