package org.keywarden.broker.auditing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.log.Pruning;
import org.keywarden.audit.log.Retention;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.record.ApplicationNames;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.tile.EntryBundle;
import org.keywarden.audit.tile.Tile;
import org.keywarden.audit.verify.LogReader;
import org.keywarden.audit.verify.LogVerifier;
import org.keywarden.broker.capability.Digest;
import org.keywarden.broker.seat.PluginInstance;
import org.keywarden.broker.seat.Refusal;
import org.keywarden.broker.seat.RevocationReason;
import org.keywarden.broker.seat.TokenRequest;
import org.keywarden.policy.Right;
import org.keywarden.proto.audit.v1.CloseReason;
import org.keywarden.proto.audit.v1.GuardedEntered;
import org.keywarden.proto.audit.v1.Record;
import org.keywarden.proto.audit.v1.Record.EventCase;
import org.keywarden.proto.audit.v1.RecordsWithheld;
import org.keywarden.proto.audit.v1.Withheld;

/** What the keeper records; the log's thread is the test's. */
final class TrailKeeperTest {
  private static final Digest HOLDER = Digest.sha256(new byte[0]);

  private static final long KEPT_SECONDS = 10_000;

  /** Each checkpoint moves entries out of the write-ahead log, so that few can be pruned. */
  private static final LogWriter.Settings SETTINGS = new LogWriter.Settings(1, 1 << 16);

  /** Of a state, more than are recorded one by one. */
  private static final int CHANGES = 100;

  @TempDir private Path directory;

  private final Ed25519Signer signer =
      new Ed25519Signer("log.test/grants", NoteKey.ED25519, new byte[32]);
  private final List<String> outcomes = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private long now = 1_000;
  private FullableFiles files = new FullableFiles(new DiskFiles(Path.of("unused")));

  private TrailKeeper keeper() {
    files = new FullableFiles(new DiskFiles(directory));
    GrantRecords grants = new GrantRecords();
    grants.hideWith(new ApplicationNames(new byte[32]));
    return new TrailKeeper(
        keep -> LogWriter.open(files, signer, Runnable::run, SETTINGS, keep),
        now -> Retention.firstKept(files, now - KEPT_SECONDS, 4),
        new TrailKeeper.Start(new byte[16], "test", () -> now, reports::add),
        grants);
  }

  private static TokenRequest request(long grant, boolean renewal) {
    return new TokenRequest(
        grant,
        grant,
        0,
        renewal,
        new PluginInstance(7),
        "org.example.ime",
        1,
        1,
        "org.example.Editor",
        Set.of(Right.RECEIVE_KEYS),
        0,
        0,
        10_000_000_000L,
        HOLDER);
  }

  private void issue(TrailKeeper keeper, long grant, boolean renewal) {
    keeper.issued(
        request(grant, renewal),
        () -> outcomes.add(grant + " durable"),
        () -> outcomes.add(grant + " failed"));
  }

  private static void stop(TrailKeeper keeper) {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    keeper.stop(stopped);
    stopped.join();
  }

  private List<Record> records() throws IOException, Malformed {
    long size = Checkpoint.parse(SignedNote.parse(files.read("checkpoint")).text()).size();
    List<Record> records = new ArrayList<>();
    for (long index = 0; index * Tile.FULL < size; index++) {
      Tile tile = Tile.in(Tile.ENTRIES, index, size);
      for (byte[] entry : EntryBundle.decode(files.read(tile.path()), tile.width())) {
        records.add(RecordCodec.decode(entry));
      }
    }
    return records;
  }

  private List<EventCase> kinds() throws IOException, Malformed {
    return records().stream().map(Record::getEventCase).toList();
  }

  @Test
  void aGrantsLifeIsRecordedInOrder() throws Exception {
    TrailKeeper keeper = keeper();
    keeper.happened(
        record -> record.getSigningKeyBuilder().setPublicKey(ByteString.copyFrom(new byte[32])));
    issue(keeper, 1, false);
    issue(keeper, 1, true);
    keeper.closed(1, RevocationReason.FIELD_SECRET);
    keeper.happened(record -> record.setGuardedEntered(GuardedEntered.getDefaultInstance()));
    stop(keeper);
    assertEquals(List.of("1 durable", "1 durable"), outcomes);
    assertEquals(
        List.of(
            EventCase.BROKER_STARTED,
            EventCase.SIGNING_KEY,
            EventCase.GRANT_ISSUED,
            EventCase.GRANT_RENEWED,
            EventCase.GRANT_CLOSED,
            EventCase.GUARDED_ENTERED,
            EventCase.BROKER_STOPPED),
        kinds());
    assertEquals(1, records().get(4).getGrantClosed().getRenewals());
    assertEquals(
        CloseReason.CLOSE_REASON_FIELD_SECRET, records().get(4).getGrantClosed().getReason());
  }

  @Test
  void whatWasWithheldIsSaidInTheEnd() throws Exception {
    TrailKeeper keeper = keeper();
    keeper.tick();
    keeper.withheld().grant("org.example.Editor");
    keeper.tick();
    now += WithheldCounts.EVERY;
    keeper.tick();
    keeper.withheld().grant("org.example.Editor");
    stop(keeper);
    assertEquals(
        List.of(
            EventCase.BROKER_STARTED,
            EventCase.RECORDS_WITHHELD,
            EventCase.RECORDS_WITHHELD,
            EventCase.BROKER_STOPPED),
        kinds());
    assertEquals(61, records().get(1).getRecordsWithheld().getSeconds());
  }

  private List<RecordsWithheld> withheld() throws IOException, Malformed {
    return records().stream()
        .filter(Record::hasRecordsWithheld)
        .map(Record::getRecordsWithheld)
        .toList();
  }

  /** How many the log says were withheld. */
  private long withheld(Withheld kind) throws IOException, Malformed {
    return withheld().stream()
        .filter(each -> each.getKind() == kind)
        .mapToLong(RecordsWithheld::getCount)
        .sum();
  }

  @Test
  void whatTheSeatWithholdsAndMarksLeaveOutIsCounted() throws Exception {
    AuditTrail trail = new AuditTrail(keeper(), new RecentGrants(), Runnable::run, Runnable::run);
    trail.tick();
    for (int i = 0; i < CHANGES; i++) {
      trail.withheld("org.example.Editor");
      trail.guarded(i % 2 == 0);
      trail.pluginFrozen(7, true);
      trail.pluginThawed(7);
    }
    trail.pluginEnded(new PluginInstance(7));
    trail.stop().join();
    assertEquals(CHANGES, withheld(Withheld.WITHHELD_GRANTS));
    assertEquals(CHANGES - Marks.AT_ONCE, withheld(Withheld.WITHHELD_GUARDED));
    assertEquals(2 * CHANGES - Marks.AT_ONCE, withheld(Withheld.WITHHELD_FROZEN));
  }

  @Test
  void whatCannotBeOwedIsCounted() throws Exception {
    TrailKeeper keeper = keeper();
    keeper.tick();
    files.full = true;
    for (int i = 0; i < RetriedLog.MOST_OWED + CHANGES; i++) {
      keeper.happened(record -> record.setGuardedEntered(GuardedEntered.getDefaultInstance()));
    }
    List<RecordsWithheld> counted = new ArrayList<>();
    keeper
        .withheld()
        .take(
            now,
            true,
            new GrantRecords(),
            event -> {
              Record.Builder record = Record.newBuilder();
              event.accept(record);
              counted.add(record.getRecordsWithheld());
            });
    assertEquals(Withheld.WITHHELD_UNWRITTEN, counted.getFirst().getKind());
    assertEquals(CHANGES, counted.getFirst().getCount());
  }

  @Test
  void stoppingClosesWhatIsOpen() throws Exception {
    TrailKeeper keeper = keeper();
    issue(keeper, 1, false);
    stop(keeper);
    assertEquals(
        CloseReason.CLOSE_REASON_BROKER_STOPPED, records().get(2).getGrantClosed().getReason());
    assertEquals(1, records().get(3).getBrokerStopped().getLastSerial());
    issue(keeper, 2, false);
    assertEquals("2 failed", outcomes.getLast());
  }

  @Test
  void aGrantThatEndedBeforeItsRecordIsNeitherRecordedNorConfirmed() throws Exception {
    TrailKeeper keeper = keeper();
    keeper.closed(1, RevocationReason.FOCUS_LOST);
    issue(keeper, 1, false);
    stop(keeper);
    assertEquals(List.of("1 failed"), outcomes);
    assertFalse(kinds().contains(EventCase.GRANT_ISSUED));
  }

  @Test
  void refusalsAreCountedBeforeTheyAreRecorded() throws Exception {
    TrailKeeper keeper = keeper();
    for (int i = 0; i < 1_000; i++) {
      keeper.refused(7, 1, Refusal.NO_CAUSE);
      keeper.presentationRefused(7, "REASON_TOKEN_MALFORMED");
    }
    keeper.tick();
    stop(keeper);
    assertEquals(4, records().size());
    assertEquals(1_000, records().get(1).getActionsRefused().getCount());
    assertEquals(1_000, records().get(2).getPresentationsRefused().getCount());
  }

  @Test
  void aFullDiskMeansNoGrantsAndWhatIsOwedIsWrittenWhenSpaceReturns() throws Exception {
    TrailKeeper keeper = keeper();
    issue(keeper, 1, false);
    files.full = true;
    issue(keeper, 2, false);
    keeper.closed(2, RevocationReason.NOT_RECORDED);
    keeper.closed(1, RevocationReason.FOCUS_LOST);
    keeper.happened(record -> record.setGuardedEntered(GuardedEntered.getDefaultInstance()));
    now++;
    issue(keeper, 3, false);
    keeper.closed(3, RevocationReason.NOT_RECORDED);
    files.full = false;
    issue(keeper, 4, false);
    now++;
    issue(keeper, 5, false);
    stop(keeper);
    assertEquals(List.of("1 durable", "2 failed", "3 failed", "4 failed", "5 durable"), outcomes);
    assertEquals(
        List.of(
            EventCase.BROKER_STARTED,
            EventCase.GRANT_ISSUED,
            EventCase.GRANT_CLOSED,
            EventCase.GUARDED_ENTERED,
            EventCase.GRANT_ISSUED,
            EventCase.GRANT_CLOSED,
            EventCase.BROKER_STOPPED),
        kinds());
    assertEquals(2, records().get(4).getGrantIssued().getSerial());
    assertEquals(2, reports.size(), reports.toString());
  }

  @Test
  void aDamagedLogIsNeverWrittenAgain() throws Exception {
    TrailKeeper keeper = keeper();
    issue(keeper, 1, false);
    stop(keeper);
    files.write("signed", "something else\n".getBytes(StandardCharsets.UTF_8));
    TrailKeeper next = keeper();
    issue(next, 1, false);
    now += 10;
    issue(next, 2, false);
    assertEquals(List.of("1 durable", "1 failed", "2 failed"), outcomes);
    assertEquals(1, reports.size());
    assertTrue(reports.getFirst().contains("signed"), reports.toString());
  }

  @Test
  void applicationsAreNotNamed() throws Exception {
    TrailKeeper keeper = keeper();
    issue(keeper, 1, false);
    stop(keeper);
    String log = records().toString();
    assertFalse(log.contains("Editor"), log);
  }

  @Test
  void whatIsTooOldIsDeclaredAndRemovedByWholeBundles() throws Exception {
    TrailKeeper keeper = keeper();
    keeper.happened(
        record -> record.getSigningKeyBuilder().setPublicKey(ByteString.copyFrom(new byte[32])));
    for (int grant = 1; grant <= 300; grant++) {
      issue(keeper, grant, false);
      keeper.closed(grant, RevocationReason.FOCUS_LOST);
      keeper.tick();
    }
    assertEquals(0, Pruning.minimum(files), "nothing is old yet");
    now += KEPT_SECONDS + 100_000;
    keeper.tick();
    keeper.tick();
    stop(keeper);
    assertEquals(512, Pruning.minimum(files));
    assertFalse(files.exists(Tile.entries(1, Tile.FULL).path()));
    List<EventCase> kept = new ArrayList<>();
    new LogReader(files)
        .visit(
            512,
            (index, entry) -> {
              try {
                return kept.add(RecordCodec.decode(entry).getEventCase());
              } catch (Malformed e) {
                throw new IOException(e);
              }
            });
    assertTrue(kept.contains(EventCase.ENTRIES_PRUNED), kept::toString);
    KeyHistory.ensure(files, signer.key());
    assertEquals(
        List.of(),
        new LogVerifier(files, new Ed25519Check())
            .verify(LogVerifier.Known.NOTHING, done -> {})
            .problems());
  }
}
