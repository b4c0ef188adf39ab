package org.keywarden.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.note.TlogProof;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.MemoryFiles;
import org.keywarden.proto.audit.v1.GrantIssued;
import org.keywarden.proto.audit.v1.Record;

/** Logs that hold, and every way to tamper with one that does not go unnoticed. */
final class LogVerifierTest {
  private static Verdict verify(MemoryFiles files) {
    return new LogVerifier(files, new Ed25519Check())
        .verify(LogVerifier.Known.NOTHING, done -> {});
  }

  private static MemoryFiles log(int grants) throws Exception {
    MemoryFiles files = new MemoryFiles();
    RecordedLog log = new RecordedLog(files, 1);
    log.begin();
    log.grants(grants / 2);
    log.checkpoint();
    log.grants(grants - grants / 2);
    log.stop();
    return files;
  }

  private static void assertHolds(MemoryFiles files) {
    assertEquals(List.of(), verify(files).problems());
  }

  private static void assertNoticed(MemoryFiles files, String what, String place) {
    List<String> problems = verify(files).problems();
    assertFalse(problems.isEmpty(), what + " goes unnoticed");
    assertTrue(
        problems.stream().anyMatch(problem -> problem.contains(place)), what + ": " + problems);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 126, 127, 128, 300, 1_000})
  void logsThatWereNotTouchedHold(int grants) throws Exception {
    assertHolds(log(grants));
  }

  @Test
  void aLogWithoutEntriesHolds() throws Exception {
    MemoryFiles files = new MemoryFiles();
    new RecordedLog(files, 1).checkpoint();
    assertHolds(files);
  }

  @Test
  void aCrashIsSaidAndNoProblem() throws Exception {
    MemoryFiles files = new MemoryFiles();
    RecordedLog log = new RecordedLog(files, 1);
    log.begin();
    log.grants(200);
    log.append(
        Record.newBuilder()
            .setGrantIssued(GrantIssued.newBuilder().setSerial(201).setGrant(201)));
    MemoryFiles left = files.killed();
    assertEquals(403, verify(left).unsigned());
    assertHolds(left);
    RecordedLog again = new RecordedLog(left, 1);
    again.startFrom(10);
    again.begin();
    again.stop();
    assertHolds(left);
    assertTrue(verify(left).unproved().getFirst().contains("with 1 grants open"));
  }

  @Test
  void pruningHoldsOnlyIfDeclared() throws Exception {
    for (boolean declared : new boolean[] {true, false}) {
      MemoryFiles files = new MemoryFiles();
      RecordedLog log = new RecordedLog(files, 1);
      log.begin();
      for (int i = 0; i < 10; i++) {
        log.grants(300);
        log.checkpoint();
      }
      if (declared) {
        log.prune(1_024);
      } else {
        log.pruneSilently(1_024);
      }
      log.grants(10);
      log.stop();
      assertFalse(files.exists("tile/entries/003"));
      assertTrue(files.exists("tile/entries/004"));
      if (declared) {
        assertHolds(files);
      } else {
        assertNoticed(files, "undeclared pruning", "below 1024 are gone");
      }
    }
  }

  @Test
  void everyFlippedByteIsNoticedAndItsFileNamed() throws Exception {
    MemoryFiles whole = log(150);
    for (String path : whole.all()) {
      byte[] bytes = whole.read(path);
      int step = bytes.length > 1_000 ? 37 : 1;
      for (int offset = 0; offset < bytes.length; offset += step) {
        MemoryFiles files = whole.copy();
        byte[] changed = bytes.clone();
        changed[offset] ^= 0x01;
        files.tamper(path, changed);
        String place = path.startsWith("tile/") ? path.replaceAll("^tile/(entries|\\d)/.*", "tile/") : path;
        assertNoticed(files, "bit 0 of byte " + offset + " of " + path, place);
      }
    }
  }

  @Test
  void everyTruncatedOrMissingFileIsNoticed() throws Exception {
    MemoryFiles whole = log(150);
    for (String path : whole.all()) {
      byte[] bytes = whole.read(path);
      boolean superseded = path.contains(".p/") && !isCurrent(path, whole);
      if (!superseded) {
        MemoryFiles without = whole.copy();
        without.tamper(path, null);
        assertFalse(verify(without).holds(), "without " + path);
      }
      for (int length : new int[] {0, 1, bytes.length / 2, bytes.length - 1}) {
        MemoryFiles files = whole.copy();
        files.tamper(path, Arrays.copyOf(bytes, length));
        assertFalse(verify(files).holds(), path + " cut to " + length);
      }
    }
  }

  /** Partial tiles of earlier checkpoints may go at any time (C2SP tlog-tiles). */
  private static boolean isCurrent(String path, MemoryFiles files) throws Exception {
    long size = new LogReader(files).checkpoint().size();
    int level = path.startsWith("tile/entries") ? 0 : Integer.parseInt(path.substring(5, 6));
    return path.endsWith(".p/" + ((size >>> (8 * level)) % 256));
  }

  @Test
  void swappedAndDuplicatedFilesAreNoticed() throws Exception {
    MemoryFiles whole = log(600);
    for (String directory : List.of("tile/entries", "tile/0")) {
      byte[] first = whole.read(directory + "/000");
      byte[] second = whole.read(directory + "/001");
      MemoryFiles swapped = whole.copy();
      swapped.tamper(directory + "/000", second);
      swapped.tamper(directory + "/001", first);
      assertNoticed(swapped, "swapped tiles", directory);
      MemoryFiles copied = whole.copy();
      copied.tamper(directory + "/001", first);
      assertNoticed(copied, "a duplicated tile", directory);
      MemoryFiles stray = whole.copy();
      stray.tamper(directory + "/007", first);
      assertNoticed(stray, "a stray tile", directory + "/007");
    }
  }

  @Test
  void rewrittenHistoryIsNoticedBecauseOfTheCheckpoint() throws Exception {
    MemoryFiles whole = log(100);
    MemoryFiles other = log(99);
    for (String path : other.all()) {
      if (!path.equals("checkpoint") && !path.equals("signed")) {
        whole.tamper(path, other.read(path));
      }
    }
    assertFalse(verify(whole).holds());
  }

  @Test
  void anOlderDirectoryAndAForkAreNoticedByWhoKeptACheckpoint() throws Exception {
    MemoryFiles files = new MemoryFiles();
    RecordedLog log = new RecordedLog(files, 1);
    log.begin();
    log.grants(50);
    log.checkpoint();
    MemoryFiles older = files.killed();
    log.grants(50);
    log.checkpoint();
    SignedNote kept = new LogReader(files).checkpointNote();
    LogVerifier.Known known =
        new LogVerifier.Known(Optional.of(log.signer.key()), Optional.of(kept));
    assertHolds(older);
    Verdict rolledBack = new LogVerifier(older, new Ed25519Check()).verify(known, done -> {});
    assertTrue(rolledBack.problems().getFirst().contains("rolled back"));
    RecordedLog fork = new RecordedLog(older, 1);
    fork.startFrom(10);
    fork.begin();
    fork.grants(200);
    fork.stop();
    assertHolds(older);
    Verdict forked = new LogVerifier(older, new Ed25519Check()).verify(known, done -> {});
    assertTrue(forked.problems().getFirst().contains("forked"), forked.problems().toString());
    assertTrue(new LogVerifier(files, new Ed25519Check()).verify(known, done -> {}).holds());
  }

  @Test
  void aLogOfAnotherKeyIsNoticed() throws Exception {
    MemoryFiles files = log(5);
    LogVerifier.Known known =
        new LogVerifier.Known(
            Optional.of(new RecordedLog(new MemoryFiles(), 2).signer.key()), Optional.empty());
    assertTrue(
        new LogVerifier(files, new Ed25519Check())
            .verify(known, done -> {})
            .problems()
            .getFirst()
            .contains("key you gave"));
  }

  @Test
  void incompleteStoriesAreNoticed() throws Exception {
    MemoryFiles files = new MemoryFiles();
    RecordedLog log = new RecordedLog(files, 1);
    log.begin();
    log.grants(3);
    log.append(
        Record.newBuilder().setGrantIssued(GrantIssued.newBuilder().setSerial(5).setGrant(5)));
    log.stop();
    List<String> problems = verify(files).problems();
    assertEquals(3, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("entry 8 has serial 5"));
    assertTrue(problems.get(1).contains("entry 9 says the last serial is 3"));
    assertTrue(problems.get(2).contains("grants [5] have no close"));
  }

  @Test
  void everyEntryCanBeProvedOffline() throws Exception {
    MemoryFiles files = log(200);
    LogReader reader = new LogReader(files);
    RecordedLog key = new RecordedLog(new MemoryFiles(), 1);
    reader.visit(
        0,
        (index, entry) -> {
          TlogProof proof = reader.prove(index);
          assertTrue(proof.holds(Rfc6962.leaf(entry), key.signer.key(), new Ed25519Check()));
          return true;
        });
  }
}
