package org.keywarden.broker.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.ManagedChannel;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.broker.rpc.SchemaCheck;
import org.keywarden.broker.rpc.UnixServer;
import org.keywarden.broker.socket.Admissions;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.audit.v1.AuditServiceGrpc;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.Entry;
import org.keywarden.proto.audit.v1.PolicyLoaded;
import org.keywarden.proto.audit.v1.QueryRequest;
import org.keywarden.proto.audit.v1.QueryResponse;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** The log over a real socket. */
abstract class AuditDoorScene {
  static final int GRANTS = 700;

  /** What the broker may send before it is read: less than the log has. */
  static final int WINDOW = 64 * 1024;

  /** Something to be done after a delay. */
  record Later(long delay, Runnable task) {}

  @TempDir Path directory;

  final EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());

  final EventLoop seat = group.next();
  final ExecutorService disk = Executors.newSingleThreadExecutor();
  final LinkedBlockingQueue<Later> waiting = new LinkedBlockingQueue<>();
  final ApplicationNames names = new ApplicationNames(new byte[32]);

  final Ed25519Signer signer = new Ed25519Signer("log.test/grants", NoteKey.ED25519, new byte[32]);

  Path socketDirectory = Path.of("");
  LogWriter writer;
  AuditDoor door;
  UnixServer server;
  ManagedChannel channel;

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

  ManagedChannel connect() {
    return UnixChannels.on(group, server.socket()).flowControlWindow(WINDOW).build();
  }

  /** Pauses are short; what takes longer is done when the test says so. */
  void later(long delay, Runnable task) {
    if (delay == LogStream.PAUSE) {
      seat.execute(task);
    } else {
      waiting.add(new Later(delay, task));
    }
  }

  void pass(long delay) throws InterruptedException {
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

  void append(Record.Builder record) {
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
  void grants() {
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

  void loadPolicy() {
    append(Record.newBuilder().setPolicyLoaded(PolicyLoaded.getDefaultInstance()));
    writer.checkpoint().join();
  }

  AuditServiceGrpc.AuditServiceBlockingStub log() {
    return AuditServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  List<Entry> query(QueryRequest.Builder request) {
    List<Entry> entries = new ArrayList<>();
    Iterator<QueryResponse> answers = log().query(request.build());
    answers.forEachRemaining(answer -> entries.addAll(answer.getEntriesList()));
    return entries;
  }

  static Optional<Reason> reasonOf(Runnable call) {
    return Refusals.reasonOf(assertThrows(StatusRuntimeException.class, call::run));
  }
}
