package org.keywarden.audit.verify;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.BrokerStopped;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.EntriesPruned;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.SigningKey;

/** Writes logs with records as a broker does. */
final class RecordedLog {
  final Ed25519Signer signer;
  private final LogFiles files;
  private final Executor executor;
  private LogWriter writer;
  private byte start;
  private long serial;

  RecordedLog(LogFiles files, int seed) throws IOException {
    this(files, seed, Runnable::run);
  }

  RecordedLog(LogFiles files, int seed, Executor executor) throws IOException {
    this.executor = executor;
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    signer = new Ed25519Signer("log.test/grants", NoteKey.ED25519, bytes);
    this.files = files;
    writer = open();
    KeyHistory.ensure(files, signer.key());
  }

  private LogWriter open() throws IOException {
    return LogWriter.open(
        files, signer, executor, new LogWriter.Settings(20_000, 1 << 20), Long.MAX_VALUE);
  }

  void reopen() throws IOException {
    writer = open();
  }

  void append(Record.Builder record) {
    byte[] id = new byte[16];
    id[0] = start;
    writer.append(
        RecordCodec.encode(record.setTime(1).setStart(ByteString.copyFrom(id)).build()),
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {}

          @Override
          public void failed(IOException reason) {
            throw new AssertionError(reason);
          }
        });
  }

  /** The next start is another than in the log this one goes on with. */
  void startFrom(int number) {
    start = (byte) number;
  }

  void begin() {
    start++;
    serial = 0;
    append(Record.newBuilder().setBrokerStarted(BrokerStarted.newBuilder().setVersion("test")));
    append(
        Record.newBuilder()
            .setSigningKey(SigningKey.newBuilder().setPublicKey(ByteString.copyFrom(new byte[32]))));
  }

  void grants(int count) {
    for (int i = 0; i < count; i++) {
      serial++;
      append(
          Record.newBuilder()
              .setGrantIssued(
                  GrantIssued.newBuilder().setSerial(serial).setGrant(serial).setPlugin("ime")));
      append(
          Record.newBuilder()
              .setGrantClosed(
                  GrantClosed.newBuilder()
                      .setGrant(serial)
                      .setReason(CloseReason.CLOSE_REASON_FOCUS_LOST)));
    }
  }

  void checkpoint() {
    writer.checkpoint().join();
  }

  void prune(long below) {
    append(Record.newBuilder().setEntriesPruned(EntriesPruned.newBuilder().setBelow(below)));
    writer.checkpoint().join();
    writer.prune(below).join();
  }

  void pruneSilently(long below) {
    writer.checkpoint().join();
    writer.prune(below).join();
  }

  /** Stops as a broker does. */
  void stop() {
    append(Record.newBuilder().setBrokerStopped(BrokerStopped.newBuilder().setLastSerial(serial)));
    writer.stop().join();
  }
}
