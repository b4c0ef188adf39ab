package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.verify.LogReader;

/**
 * A log on disk that other people's verifiers are to agree with.
 *
 * @param root its directory
 * @param keys its keys, the last of which signs
 * @param minimum the first entry that is kept
 */
record WrittenLog(Path root, List<NoteKey> keys, long size, long minimum) {
  /** What may have become of a log. */
  static final List<String> LIVES =
      List.of("0", "1", "255", "256", "257", "70000", "crashed", "rotated", "pruned");

  /** Writes one in an empty directory. */
  static WrittenLog of(String life, Path directory) throws IOException {
    return switch (life) {
      case "crashed" -> crashed(directory);
      case "rotated" -> rotated(directory);
      case "pruned" -> pruned(directory);
      default -> ofSize(Integer.parseInt(life), directory);
    };
  }

  static WrittenLog ofSize(int size, Path directory) throws IOException {
    TestLog log = new TestLog();
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      LogWriter writer =
          LogWriter.open(
              new DiskFiles(directory), TestLog.SIGNER, thread, TestLog.SMALL, Long.MAX_VALUE);
      for (int i = 0; i < size; i++) {
        log.append(writer, LogReading.entry(i));
      }
      writer.checkpoint().join();
      writer.stop().join();
    }
    assertEquals(size, log.confirmed.size());
    return new WrittenLog(directory, List.of(TestLog.SIGNER.key()), size, 0);
  }

  private static WrittenLog crashed(Path directory) throws IOException {
    TestLog log = new TestLog();
    Path running = directory.resolve("running");
    Path crashed = directory.resolve("crashed");
    LogWriter writer = log.open(new DiskFiles(running));
    log.append(writer, 300);
    copy(running, crashed);
    writer.stop().join();
    log.open(new DiskFiles(crashed)).stop().join();
    return new WrittenLog(crashed, List.of(TestLog.SIGNER.key()), 300, 0);
  }

  /** The last entry tells of the rotation. */
  private static WrittenLog rotated(Path directory) throws IOException {
    OwnerKeys owner = new OwnerKeys(directory, new SecureRandom());
    try (Ed25519Signer signer = owner.signer()) {
      DiskFiles files = new DiskFiles(owner.logDirectory());
      LogWriter writer =
          LogWriter.open(files, signer, Runnable::run, TestLog.SMALL, Long.MAX_VALUE);
      KeyHistory.ensure(files, signer.key());
      new TestLog().append(writer, 20);
      writer.stop().join();
    }
    NoteKey next = KeyRotation.rotate(directory, new SecureRandom(), 1);
    List<NoteKey> keys = KeyHistory.read(new DiskFiles(owner.logDirectory()));
    assertEquals(next, keys.getLast());
    return new WrittenLog(owner.logDirectory(), keys, 21, 0);
  }

  private static WrittenLog pruned(Path directory) throws IOException {
    TestLog log = new TestLog();
    LogWriter writer = log.open(new DiskFiles(directory));
    log.append(writer, 1_000);
    writer.prune(512).join();
    // What the write-ahead log still held goes once the bundle begun then is full.
    log.append(writer, 300);
    writer.prune(512).join();
    writer.stop().join();
    assertEquals(512, Pruning.minimum(new DiskFiles(directory)));
    return new WrittenLog(directory, List.of(TestLog.SIGNER.key()), 1_300, 512);
  }

  NoteKey key() {
    return keys.getLast();
  }

  DiskFiles files() {
    return new DiskFiles(root);
  }

  /** Entries worth a proof: the first and the newest that are kept, and some between. */
  LongStream some() {
    return LongStream.of(minimum, minimum + 1, minimum + 18, minimum + 200, size / 2, size - 1)
        .filter(index -> index >= minimum && index < size)
        .distinct();
  }

  /** An entry as it is in the log. */
  byte[] entry(long index) throws IOException {
    byte[][] found = new byte[1][];
    new LogReader(files())
        .visit(
            index,
            (at, entry) -> {
              found[0] = entry;
              return false;
            });
    return found[0];
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path path : all) {
      Files.copy(path, to.resolve(from.relativize(path).toString()));
    }
  }
}
