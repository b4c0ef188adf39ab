package org.keywarden.broker.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.ProofCheck;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.broker.Await;
import org.keywarden.broker.rpc.SchemaCheck;
import org.keywarden.broker.rpc.UnixServer;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.audit.v1.AuditServiceGrpc;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.Entry;
import org.keywarden.proto.audit.v1.FollowRequest;
import org.keywarden.proto.audit.v1.FollowResponse;
import org.keywarden.proto.audit.v1.GetCheckpointRequest;
import org.keywarden.proto.audit.v1.GetCheckpointResponse;
import org.keywarden.proto.audit.v1.GetConsistencyProofRequest;
import org.keywarden.proto.audit.v1.GetInclusionProofRequest;
import org.keywarden.proto.audit.v1.GetInclusionProofResponse;
import org.keywarden.proto.audit.v1.PolicyLoaded;
import org.keywarden.proto.audit.v1.QueryRequest;
import org.keywarden.proto.audit.v1.QueryResponse;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** The log over a real socket. */
final class AuditDoorTest {
  private static final int GRANTS = 700;

  /** What the broker may send before it is read: less than the log has. */
  private static final int WINDOW = 64 * 1024;

  /** Something to be done after a delay. */
  private record Later(long delay, Runnable task) {}

  @TempDir private Path directory;
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
  private final EventLoop seat = group.next();
  private final ExecutorService disk = Executors.newSingleThreadExecutor();
  private final LinkedBlockingQueue<Later> waiting = new LinkedBlockingQueue<>();
  private final ApplicationNames names = new ApplicationNames(new byte[32]);
  private final Ed25519Signer signer =
      new Ed25519Signer("log.test/grants", NoteKey.ED25519, new byte[32]);
  private Path socketDirectory = Path.of("");
  private LogWriter writer;
  private AuditDoor door;
  private UnixServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    writer =
        LogWriter.open(
            new DiskFiles(directory),
            signer,
            Runnable::run,
            LogWriter.Settings.DEFAULT,
            Long.MAX_VALUE);
    socketDirectory = Files.createTempDirectory("kwa");
    door = new AuditDoor(new DiskFiles(directory), disk, seat, this::later);
    server =
        UnixServer.start(
            new UnixServer.Environment(
                seat, group.next(), new SecureRandom(), new SchemaCheck(), Admissions.everybody()),
            socketDirectory.resolve("s"),
            peer -> true,
            List.of(door.bindService()));
    channel = connect();
  }

  private ManagedChannel connect() {
    return UnixChannels.on(group, server.socket()).flowControlWindow(WINDOW).build();
  }

  /** Pauses are short; what takes longer is done when the test says so. */
  private void later(long delay, Runnable task) {
    if (delay == LogStream.PAUSE) {
      seat.execute(task);
    } else {
      waiting.add(new Later(delay, task));
    }
  }

  private void pass(long delay) throws InterruptedException {
    Later next = waiting.poll(20, TimeUnit.SECONDS);
    assertEquals(delay, next.delay());
    seat.submit(next.task()).sync();
  }

  @AfterEach
  void stop() throws IOException {
    channel.shutdownNow();
    server.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    disk.shutdown();
    Files.delete(socketDirectory);
  }

  private void append(Record.Builder record) {
    writer.append(
        RecordCodec.encode(record.build()),
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {}

          @Override
          public void failed(IOException reason) {
            throw new AssertionError(reason);
          }
        });
  }

  /** 700 grants, each closed: the odd ones of kana in an editor, the even ones of pinyin. */
  private void grants() {
    for (int number = 1; number <= GRANTS; number++) {
      Record.Builder issued = Record.newBuilder().setTime(number);
      issued
          .getGrantIssuedBuilder()
          .setSerial(number)
          .setGrant(number)
          .setPlugin(number % 2 == 1 ? "kana" : "pinyin")
          .setApplication(names.hide(number % 2 == 1 ? "editor" : "browser"));
      append(issued);
      Record.Builder closed = Record.newBuilder().setTime(number);
      closed.getGrantClosedBuilder().setGrant(number).setReason(CloseReason.CLOSE_REASON_EXPIRED);
      append(closed);
    }
    writer.checkpoint().join();
  }

  private void loadPolicy() {
    append(Record.newBuilder().setPolicyLoaded(PolicyLoaded.getDefaultInstance()));
    writer.checkpoint().join();
  }

  private AuditServiceGrpc.AuditServiceBlockingStub log() {
    return AuditServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private List<Entry> query(QueryRequest.Builder request) {
    List<Entry> entries = new ArrayList<>();
    Iterator<QueryResponse> answers = log().query(request.build());
    answers.forEachRemaining(answer -> entries.addAll(answer.getEntriesList()));
    return entries;
  }

  @Test
  void aQueryGivesWhatMatchesInTheOrderOfTheLog() {
    grants();
    List<Entry> all = query(QueryRequest.newBuilder());
    assertEquals(2 * GRANTS, all.size());
    for (int i = 0; i < all.size(); i++) {
      assertEquals(i, all.get(i).getIndex());
    }
    List<Entry> kana = query(QueryRequest.newBuilder().setPlugin("kana"));
    assertEquals(GRANTS, kana.size());
    assertTrue(kana.get(1).getRecord().hasGrantClosed(), "a close is of the grant's plugin");
    ByteString editor = names.hide("editor").getCommitment().substring(0, 6);
    assertEquals(kana, query(QueryRequest.newBuilder().setApplication(editor)));
    assertEquals(
        GRANTS, query(QueryRequest.newBuilder().addKinds(Record.GRANT_CLOSED_FIELD_NUMBER)).size());
    assertEquals(20, query(QueryRequest.newBuilder().setSince(11).setUntil(21)).size());
    assertEquals(all.subList(0, 300), query(QueryRequest.newBuilder().setLimit(300)));
    assertEquals(List.of(), query(QueryRequest.newBuilder().setPlugin("other")));
  }

  @Test
  void followingGoesOnWithWhatIsSignedLater() throws InterruptedException {
    grants();
    LinkedBlockingQueue<Entry> came = new LinkedBlockingQueue<>();
    Iterator<FollowResponse> answers =
        log().follow(FollowRequest.newBuilder().setFrom(2 * GRANTS - 1).build());
    Thread reader =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    answers.forEachRemaining(answer -> came.addAll(answer.getEntriesList()));
                  } catch (StatusRuntimeException ended) {
                    came.add(Entry.getDefaultInstance());
                  }
                });
    assertEquals(2 * GRANTS - 1, came.poll(20, TimeUnit.SECONDS).getIndex());
    pass(LogStream.REST);
    pass(LogStream.REST);
    loadPolicy();
    pass(LogStream.REST);
    Entry later = came.poll(20, TimeUnit.SECONDS);
    assertEquals(2 * GRANTS, later.getIndex());
    assertTrue(later.getRecord().hasPolicyLoaded());
    channel.shutdownNow();
    reader.join();
    assertEquals(1, came.size(), "nothing came twice");
  }

  @Test
  void proofsHold() throws Exception {
    grants();
    long early = writer.confirmed();
    GetCheckpointResponse first = log().getCheckpoint(GetCheckpointRequest.getDefaultInstance());
    loadPolicy();
    GetCheckpointResponse second = log().getCheckpoint(GetCheckpointRequest.getDefaultInstance());
    assertEquals(early, first.getSize());
    assertEquals(early + 1, second.getSize());
    SignedNote note = SignedNote.parse(second.getNote().toByteArray());
    assertTrue(note.signedBy(List.of(signer.key()), new Ed25519Check()).isPresent());
    for (long index : new long[] {0, 255, 256, 1_399}) {
      for (long size : new long[] {0, early}) {
        GetInclusionProofResponse proof =
            log()
                .getInclusionProof(
                    GetInclusionProofRequest.newBuilder().setIndex(index).setSize(size).build());
        GetCheckpointResponse of = size == 0 ? second : first;
        assertEquals(of.getSize(), proof.getSize());
        Entry entry = query(QueryRequest.newBuilder().setLimit((int) index + 1)).getLast();
        Hash leaf = Rfc6962.leaf(RecordCodec.encode(entry.getRecord()));
        assertEquals(leaf, hash(proof.getLeaf()));
        assertTrue(
            ProofCheck.inclusion(
                index, of.getSize(), leaf, hashes(proof.getHashesList()), hash(of.getRoot())));
      }
    }
    var consistency =
        log().getConsistencyProof(GetConsistencyProofRequest.newBuilder().setOlder(early).build());
    assertTrue(
        ProofCheck.consistency(
            early,
            consistency.getNewer(),
            hash(first.getRoot()),
            hashes(consistency.getHashesList()),
            hash(second.getRoot())));
  }

  private static Hash hash(ByteString bytes) {
    return Hash.of(bytes.toByteArray());
  }

  private static List<Hash> hashes(List<ByteString> list) {
    return list.stream().map(AuditDoorTest::hash).toList();
  }

  private static Optional<Reason> reasonOf(Runnable call) {
    return Refusals.reasonOf(assertThrows(StatusRuntimeException.class, call::run));
  }

  private Optional<Reason> inclusion(long index, long size) {
    return reasonOf(
        () ->
            log()
                .getInclusionProof(
                    GetInclusionProofRequest.newBuilder().setIndex(index).setSize(size).build()));
  }

  private Optional<Reason> consistency(long older, long newer) {
    return reasonOf(
        () ->
            log()
                .getConsistencyProof(
                    GetConsistencyProofRequest.newBuilder()
                        .setOlder(older)
                        .setNewer(newer)
                        .build()));
  }

  @Test
  void whatIsNotThereIsRefusedByTheContract() throws IOException {
    grants();
    Optional<Reason> unknown = Optional.of(Reason.REASON_ENTRY_UNKNOWN);
    assertEquals(unknown, inclusion(2 * GRANTS, 0));
    assertEquals(unknown, inclusion(-1, 0));
    assertEquals(unknown, inclusion(5, 5));
    assertEquals(unknown, inclusion(5, 2 * GRANTS + 1));
    assertEquals(unknown, consistency(2 * GRANTS + 1, 0));
    assertEquals(unknown, consistency(10, 9));
    assertEquals(unknown, consistency(-1, 0));
    Optional<Reason> invalid = Optional.of(Reason.REASON_INVALID_MESSAGE);
    assertEquals(invalid, consistency(0, 0));
    assertEquals(
        invalid, reasonOf(() -> query(QueryRequest.newBuilder().setPlugin("a".repeat(129)))));
    assertEquals(invalid, reasonOf(() -> query(QueryRequest.newBuilder().addKinds(2))));
    Files.delete(directory.resolve("tile/entries/001"));
    StatusRuntimeException damaged =
        assertThrows(
            StatusRuntimeException.class, () -> query(QueryRequest.newBuilder().setLimit(600)));
    assertEquals(Optional.of(Reason.REASON_LOG_UNREADABLE), Refusals.reasonOf(damaged));
    assertTrue(damaged.toString().contains("tile/entries/001 is missing"), damaged.toString());
    Files.delete(directory.resolve("checkpoint"));
    assertEquals(
        Optional.of(Reason.REASON_LOG_UNREADABLE),
        reasonOf(() -> log().getCheckpoint(GetCheckpointRequest.getDefaultInstance())));
  }

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
