package org.keywarden.fleet.demo;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.log.OwnerKeys;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.proto.audit.v1.ActionRefusal;
import org.keywarden.proto.audit.v1.ActionsRefused;
import org.keywarden.proto.audit.v1.BrokerStarted;
import org.keywarden.proto.audit.v1.BrokerStopped;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GrantClosed;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.PluginQuarantined;
import org.keywarden.proto.audit.v1.PluginRegistered;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.SigningKey;
import org.keywarden.proto.audit.v1.UndeclaredChannel;
import org.keywarden.proto.audit.v1.WatchViolation;

/**
 * A desktop of which there is only the log: keys, records and files are what a broker writes.
 *
 * <p>Thread: one.
 */
public final class Desktop implements AutoCloseable {
  private static final int ID_BYTES = 16;
  private static final String PLUGIN = "org.keywarden.romaji";

  private final Path state;
  private final DiskFiles files;
  private final Ed25519Signer signer;
  private final RandomGenerator random;

  /** What waits to be written: together it costs one sync. */
  private final Queue<Runnable> work = new ArrayDeque<>();

  private LogWriter writer;
  private ByteString start = ByteString.EMPTY;
  private long serial;

  /**
   * Goes on with the log below this state directory, or makes one.
   *
   * @param random of broker's starts and holders; never of keys
   */
  public Desktop(Path state, RandomGenerator random) throws IOException {
    this.state = state;
    this.random = random;
    OwnerKeys owner = new OwnerKeys(state, new SecureRandom());
    this.files = new DiskFiles(owner.logDirectory());
    this.signer = owner.signer();
    this.writer = open();
    KeyHistory.ensure(files, signer.key());
  }

  private LogWriter open() throws IOException {
    return LogWriter.open(files, signer, work::add, LogWriter.Settings.DEFAULT, Long.MAX_VALUE);
  }

  private void write() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      next.run();
    }
  }

  /** The log's directory. */
  public Path log() {
    return state.resolve(OwnerKeys.LOG);
  }

  /** The log's key; its name is the origin. */
  public NoteKey key() {
    return signer.key();
  }

  /** Starts the broker. */
  public void start() {
    start = bytes(ID_BYTES);
    serial = 0;
    append(Record.newBuilder().setBrokerStarted(BrokerStarted.newBuilder().setVersion("demo")));
    append(Record.newBuilder().setSigningKey(SigningKey.newBuilder().setPublicKey(bytes(32))));
    append(
        Record.newBuilder()
            .setPluginRegistered(
                PluginRegistered.newBuilder()
                    .setInstance(1)
                    .setPlugin(PLUGIN)
                    .setHolder(bytes(32))));
  }

  /** The person goes through so many fields. */
  public void fields(int count) {
    for (int i = 0; i < count; i++) {
      serial++;
      append(
          Record.newBuilder()
              .setGrantIssued(
                  GrantIssued.newBuilder()
                      .setSerial(serial)
                      .setGrant(serial)
                      .setInstance(1)
                      .setPlugin(PLUGIN)
                      .setFocusSession(serial)
                      .setEpoch(1)
                      .setLifetimeMillis(5_000)
                      .setHolder(bytes(32))));
      append(
          Record.newBuilder()
              .setGrantClosed(
                  GrantClosed.newBuilder()
                      .setGrant(serial)
                      .setReason(CloseReason.CLOSE_REASON_FOCUS_LOST)));
    }
  }

  /** The input method tries what it may not. */
  public void attack() {
    append(
        Record.newBuilder()
            .setActionsRefused(
                ActionsRefused.newBuilder()
                    .setInstance(1)
                    .setRefusal(ActionRefusal.ACTION_REFUSAL_NO_CAUSE)
                    .setCount(40)));
    append(
        Record.newBuilder()
            .setWatchViolation(
                WatchViolation.newBuilder()
                    .setInstance(1)
                    .setKind(UndeclaredChannel.UNDECLARED_CHANNEL_NAMED_SOCKET)));
    append(
        Record.newBuilder().setPluginQuarantined(PluginQuarantined.newBuilder().setPlugin(PLUGIN)));
  }

  /** Appends a record of this start. */
  public void append(Record.Builder record) {
    appendEntry(
        RecordCodec.encode(
            record.setTime(System.currentTimeMillis() / 1_000).setStart(start).build()));
  }

  /** Appends an entry, whatever it is. */
  public void appendEntry(byte[] entry) {
    writer.append(
        entry,
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {}

          @Override
          public void failed(IOException reason) {
            throw new IllegalStateException("the log cannot be written", reason);
          }
        });
  }

  /** Signs and publishes what is there. */
  public void checkpoint() {
    CompletableFuture<?> signed = writer.checkpoint();
    write();
    signed.join();
  }

  /** Removes bundles below this entry, undeclared. */
  public void prune(long below) {
    CompletableFuture<?> pruned = writer.prune(below);
    write();
    pruned.join();
  }

  /** Stops the broker in good order. */
  public void stop() {
    append(Record.newBuilder().setBrokerStopped(BrokerStopped.newBuilder().setLastSerial(serial)));
    checkpoint();
  }

  private ByteString bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  /** Lets go of the log without a word in it, as a broker that is killed. */
  @Override
  public void close() {
    CompletableFuture<?> stopped = writer.stop();
    write();
    stopped.join();
    signer.close();
  }
}
