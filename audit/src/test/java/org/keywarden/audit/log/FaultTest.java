package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.store.FaultyFiles;
import org.keywarden.audit.store.FaultyFiles.Fault;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.store.MemoryFiles;

/**
 * One fault at every file operation of a life of the log: new log, appends, checkpoints, rotation,
 * a full bundle, pruning, stop, opening again. After each, recovery keeps every confirmed entry,
 * the published log verifies, and no two signed checkpoints contradict each other.
 */
final class FaultTest {
  private static final int SEEDS = 4;

  private final TestLog log = new TestLog();
  private final List<Checkpoint> published = new ArrayList<>();

  /** Lives; ends early if an operation fails when the log is opened. */
  private void live(LogFiles files, MemoryFiles seen) throws Malformed {
    try {
      LogWriter writer = log.open(files);
      observe(seen);
      for (int i = 0; i < 6; i++) {
        log.append(writer, 90);
        writer.checkpoint().exceptionally(e -> null).join();
        observe(seen);
      }
      writer.prune(256).exceptionally(e -> null).join();
      writer.stop().join();
      observe(seen);
      LogWriter again = log.open(files, log.confirmed.size());
      log.append(again, 10);
      again.stop().join();
      observe(seen);
    } catch (IOException e) {
      observeQuietly(seen);
    }
  }

  private void observeQuietly(MemoryFiles seen) throws Malformed {
    try {
      observe(seen);
    } catch (IOException e) {
      throw new AssertionError("the published checkpoint is unreadable", e);
    }
  }

  private void observe(MemoryFiles seen) throws IOException, Malformed {
    if (seen.peek("checkpoint") != null) {
      published.add(LogReading.checkpoint(seen));
    }
  }

  private long operations() throws IOException, Malformed {
    MemoryFiles disk = new MemoryFiles();
    FaultyFiles counting = new FaultyFiles(disk, Fault.ERROR, Long.MAX_VALUE);
    live(counting, disk);
    assertEquals(550, log.confirmed.size());
    assertEquals(256, Pruning.minimum(disk));
    return counting.operations();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void everyOperationMayFail(Fault fault) throws Exception {
    long operations = operations();
    for (long at = 0; at < operations; at++) {
      FaultTest life = new FaultTest();
      MemoryFiles disk = new MemoryFiles();
      life.live(new FaultyFiles(disk, fault, at), disk);
      life.recoverAndCheck(disk.killed(), fault + " at operation " + at);
      for (int seed = 0; seed < (fault == Fault.CRASH ? SEEDS : 0); seed++) {
        String what = fault + " at operation " + at + ", power cut with seed " + seed;
        life.recoverAndCheck(disk.powerCut(new Random(at * SEEDS + seed)), what);
      }
    }
  }

  /** Opens what is left, appends, and checks everything. */
  private void recoverAndCheck(MemoryFiles left, String what) {
    try {
      TestLog after = new TestLog();
      LogWriter writer = after.open(left);
      assertTrue(writer.confirmed() >= log.confirmed.size(), "confirmed entries are lost");
      after.append(writer, new byte[] {1});
      writer.stop().join();
      assertEquals(1, after.confirmed.size());
      long minimum = Pruning.minimum(left);
      List<byte[]> entries = LogReading.entries(left, minimum);
      LogReading.assertBeginsWith(
          log.confirmed.subList((int) minimum, log.confirmed.size()), entries);
      checkConsistent(minimum == 0 ? entries : List.of());
    } catch (IOException | Malformed | AssertionError | RuntimeException e) {
      throw new AssertionError(what, e);
    }
  }

  /** All checkpoints ever published are of one history: the entries that are there now. */
  private void checkConsistent(List<byte[]> entries) {
    List<Hash> leaves = entries.stream().map(Rfc6962::leaf).toList();
    if (!leaves.isEmpty()) {
      for (Checkpoint checkpoint : new LinkedHashSet<>(published)) {
        assertEquals(
            Rfc6962.root(leaves.subList(0, (int) checkpoint.size())), checkpoint.root());
      }
    }
  }

  @Test
  void aFullDiskStopsTheLogAndSpaceRevivesIt() throws Exception {
    MemoryFiles disk = new MemoryFiles();
    FaultyFiles files = new FaultyFiles(disk, Fault.NO_SPACE, 60);
    LogWriter writer = log.open(files);
    log.append(writer, 300);
    assertTrue(log.failed > 0);
    int confirmed = log.confirmed.size();
    writer.stop().join();
    files.returnSpace();
    LogWriter again = log.open(files, confirmed);
    log.append(again, 20);
    again.stop().join();
    assertEquals(confirmed + 20, log.confirmed.size());
    assertEquals(confirmed + 20, LogReading.entries(disk, 0).size());
  }
}
