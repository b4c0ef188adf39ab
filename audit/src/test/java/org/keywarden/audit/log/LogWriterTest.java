package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.store.MemoryFiles;
import org.keywarden.audit.tile.Tile;

final class LogWriterTest {
  private final TestLog log = new TestLog();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 1_000})
  void whatIsConfirmedIsPublished(int size) throws Exception {
    MemoryFiles files = new MemoryFiles();
    LogWriter writer = log.open(files);
    log.append(writer, size);
    writer.stop().join();
    assertEquals(size, LogReading.checkpoint(files).size());
    LogReading.assertBeginsWith(log.confirmed, LogReading.entries(files, 0));
  }

  @Test
  void aLogOf70000EntriesGrowsThroughCheckpointsAndRestarts() throws Exception {
    MemoryFiles files = new MemoryFiles();
    LogWriter writer = log.open(files);
    for (int i = 0; i < 70; i++) {
      log.append(writer, 1_000);
      writer.checkpoint().join();
      if (i % 10 == 9) {
        writer.stop().join();
        writer = log.open(files);
      }
    }
    writer.stop().join();
    assertEquals(70_000, log.confirmed.size());
    LogReading.assertBeginsWith(log.confirmed, LogReading.entries(files, 0));
    assertTrue(files.list("wal").size() <= 3, "old files of the write-ahead log are deleted");
  }

  @Test
  void fullTilesDoNotWaitForAnIdleMoment() throws Exception {
    MemoryFiles files = new MemoryFiles();
    LogWriter writer = log.open(files);
    AtomicBoolean written = new AtomicBoolean();
    writer.append(
        new byte[1],
        new LogWriter.Receipt() {
          @Override
          public void durable(long index) {
            if (index < 2_600) {
              // The writer has always more to do.
              writer.append(new byte[1], this);
            } else {
              written.set(files.exists(Tile.entries(8, Tile.FULL).path()));
            }
          }

          @Override
          public void failed(IOException reason) {
            throw new AssertionError(reason);
          }
        });
    assertTrue(written.get(), "the ninth bundle, at the eleventh");
    writer.stop().join();
  }

  @Test
  void nothingUnpublishedIsLostWhenTheProcessEnds() throws Exception {
    MemoryFiles files = new MemoryFiles();
    log.append(log.open(files), 700);
    MemoryFiles left = files.killed();
    log.open(left).stop().join();
    LogReading.assertBeginsWith(log.confirmed, LogReading.entries(left, 0));
  }

  @Test
  void aTornTailIsCutOffAndSaid() throws Exception {
    MemoryFiles files = new MemoryFiles();
    log.append(log.open(files), 10);
    MemoryFiles left = files.killed();
    String path = Wal.path(0);
    byte[] whole = left.read(path);
    left.truncate(path, whole.length - 3);
    LogWriter recovered = log.open(left);
    assertEquals(9, recovered.confirmed());
    assertTrue(recovered.dropped() > 0);
    recovered.stop().join();
    assertEquals(9, LogReading.entries(left, 0).size());
  }

  @Test
  void whatWasSignedIsNeverCutOff() throws Exception {
    MemoryFiles files = new MemoryFiles();
    LogWriter writer = log.open(files);
    log.append(writer, 10);
    writer.stop().join();
    String path = Wal.path(0);
    files.truncate(path, files.read(path).length - 3);
    Damaged damaged = assertThrows(Damaged.class, () -> log.open(files));
    assertTrue(String.valueOf(damaged.getMessage()).contains(path), damaged.getMessage());
  }

  @Test
  void unconfirmedEntriesOfTheSameProcessAreDropped() throws Exception {
    MemoryFiles files = new MemoryFiles();
    LogWriter writer = log.open(files);
    log.append(writer, 5);
    long confirmed = writer.confirmed();
    log.append(writer, 3);
    MemoryFiles left = files.killed();
    LogWriter again = log.open(left, confirmed);
    assertEquals(5, again.confirmed());
  }

  @Test
  void prunedBundlesGoAndTheRestStillVerifies() throws Exception {
    MemoryFiles files = new MemoryFiles();
    LogWriter writer = log.open(files);
    log.append(writer, 65_900);
    writer.checkpoint().join();
    log.append(writer, 200);
    writer.checkpoint().join();
    writer.prune(65_900).join();
    assertEquals(65_792, Pruning.minimum(files));
    assertFalse(files.exists("tile/entries/000"));
    assertFalse(files.exists("tile/0/255"));
    assertTrue(files.exists("tile/0/256"));
    log.append(writer, 1_000);
    writer.stop().join();
    LogWriter again = log.open(files);
    log.append(again, 1);
    again.stop().join();
    List<byte[]> kept = LogReading.entries(files, 65_792);
    assertArrayEquals(log.confirmed.get(65_792), kept.getFirst());
    assertEquals(67_101 - 65_792, kept.size());
  }

  @Test
  void aStoppedLogTakesNothing() throws Exception {
    LogWriter writer = log.open(new MemoryFiles());
    writer.stop().join();
    log.append(writer, 1);
    assertEquals(1, log.failed);
  }

  @Test
  void onDiskFilesAreTheOwnersAndTheLockHolds(@TempDir Path directory) throws Exception {
    Path root = directory.resolve("log");
    DiskFiles files = new DiskFiles(root);
    LogWriter writer = log.open(files);
    log.append(writer, 300);
    IOException locked = assertThrows(IOException.class, () -> log.open(new DiskFiles(root)));
    assertTrue(String.valueOf(locked.getMessage()).contains("lock"));
    writer.stop().join();
    LogReading.assertBeginsWith(log.confirmed, LogReading.entries(files, 0));
    for (String file : List.of("checkpoint", "signed", "tile/entries/000")) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Set.copyOf(Files.getPosixFilePermissions(root.resolve(file))));
    }
    LogWriter again = log.open(new DiskFiles(root));
    assertEquals(300, again.confirmed());
    again.stop().join();
  }
}
