package org.keywarden.audit.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.audit.log.KeyHistory;
import org.keywarden.audit.log.KeyRotation;
import org.keywarden.audit.log.LogWriter;
import org.keywarden.audit.log.OwnerKeys;
import org.keywarden.audit.log.Wal;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.store.DiskFiles;
import org.keywarden.audit.store.MemoryFiles;
import org.keywarden.audit.tile.EntryBundle;

/** Every change of a log by one who has its files but not its key, each noticed where it is. */
final class TamperTest {
  private static final int BITS = 8;

  private static List<String> problems(MemoryFiles files) {
    return new LogVerifier(files, new Ed25519Check())
        .verify(LogVerifier.Known.NOTHING, done -> {})
        .problems();
  }

  /** A problem that names this place, or null. */
  private static boolean isNamed(List<String> problems, String place) {
    return problems.stream().anyMatch(problem -> problem.contains(place));
  }

  /** What a message about a file says of it: tiles are also known by those beside them. */
  private static String place(String path) {
    return path.startsWith("tile/") ? "tile/" : path;
  }

  private static MemoryFiles small() throws IOException {
    MemoryFiles files = new MemoryFiles();
    RecordedLog log = new RecordedLog(files, 1);
    log.begin();
    log.grants(2);
    log.checkpoint();
    log.grants(1);
    log.stop();
    return files;
  }

  /** Flips each of these bits of each byte of a file; what went unnoticed, or without its place. */
  private static List<String> flips(MemoryFiles whole, String path, int[] masks)
      throws IOException {
    return flips(whole, path, 1, masks);
  }

  /**
   * @param step from one byte to the next
   */
  private static List<String> flips(MemoryFiles whole, String path, int step, int[] masks)
      throws IOException {
    byte[] bytes = whole.read(path);
    ConcurrentLinkedQueue<String> unnoticed = new ConcurrentLinkedQueue<>();
    IntStream.iterate(0, offset -> offset < bytes.length, offset -> offset + step)
        .parallel()
        .forEach(
            offset -> {
              for (int mask : masks) {
                MemoryFiles files = whole.copy();
                byte[] changed = bytes.clone();
                changed[offset] ^= (byte) mask;
                files.tamper(path, changed);
                List<String> problems = problems(files);
                if (!isNamed(problems, place(path))) {
                  unnoticed.add(
                      "bits %02x of byte %d of %s: %s".formatted(mask, offset, path, problems));
                }
              }
            });
    return unnoticed.stream().limit(10).toList();
  }

  @Test
  void everyBitOfEveryByteOfASmallLog() throws IOException {
    MemoryFiles whole = small();
    assertEquals(List.of(), problems(whole));
    int[] masks = IntStream.range(0, BITS).map(bit -> 1 << bit).toArray();
    for (String path : whole.all()) {
      assertEquals(List.of(), flips(whole, path, masks));
    }
  }

  @Test
  void everySeventhByteOfALogWithAFullBundle() throws IOException {
    MemoryFiles whole = new MemoryFiles();
    RecordedLog log = new RecordedLog(whole, 1);
    log.begin();
    log.grants(126);
    log.stop();
    log.reopen();
    log.begin();
    log.stop();
    assertEquals(List.of(), problems(whole));
    for (String path : whole.all()) {
      assertEquals(
          List.of(),
          flips(
              whole,
              path,
              path.startsWith("tile/") || path.startsWith("wal/") ? 7 : 1,
              new int[] {0x55}));
    }
  }

  @Test
  void everyByteOfWhatPruningLeaves() throws IOException {
    MemoryFiles whole = new MemoryFiles();
    RecordedLog log = new RecordedLog(whole, 1);
    log.begin();
    for (int i = 0; i < 4; i++) {
      log.grants(200);
      log.checkpoint();
    }
    log.prune(512);
    log.grants(1);
    log.stop();
    assertEquals(List.of(), problems(whole));
    assertEquals(List.of(), flips(whole, "minimum", new int[] {1, 2, 4, 8, 0x10, 0x80}));
    assertEquals(List.of(), flips(whole, "checkpoint", new int[] {1}));
    MemoryFiles without = whole.copy();
    without.tamper("minimum", null);
    assertTrue(isNamed(problems(without), "tile/entries/000 is missing"));
  }

  @Test
  void everyByteOfWhatARotationOfTheKeyLeaves(@TempDir Path state) throws IOException {
    OwnerKeys owner = new OwnerKeys(state, new SecureRandom());
    DiskFiles disk = new DiskFiles(owner.logDirectory());
    try (Ed25519Signer signer = owner.signer()) {
      LogWriter writer =
          LogWriter.open(disk, signer, Runnable::run, LogWriter.Settings.DEFAULT, Long.MAX_VALUE);
      KeyHistory.ensure(disk, signer.key());
      writer.stop().join();
    }
    KeyRotation.rotate(state, new SecureRandom(), 1);
    MemoryFiles whole = new MemoryFiles();
    try (Stream<Path> all = Files.walk(owner.logDirectory())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = owner.logDirectory().relativize(file).toString();
        if (!path.equals("lock")) {
          whole.tamper(path, Files.readAllBytes(file));
        }
      }
    }
    assertEquals(List.of(), problems(whole));
    for (String path : whole.all()) {
      assertEquals(List.of(), flips(whole, path, new int[] {1, 0x80}));
    }
    MemoryFiles without = whole.copy();
    without.tamper("handover/1", null);
    assertTrue(isNamed(problems(without), "handover/1 is missing"));
  }

  @Test
  void everyFileShortenedAnywhereOrLengthened() throws IOException {
    MemoryFiles whole = small();
    for (String path : whole.all()) {
      byte[] bytes = whole.read(path);
      for (int length = 0; length < bytes.length; length++) {
        MemoryFiles files = whole.copy();
        files.tamper(path, java.util.Arrays.copyOf(bytes, length));
        List<String> problems = problems(files);
        assertTrue(isNamed(problems, place(path)), path + " cut to " + length + ": " + problems);
      }
      if (!path.startsWith("wal/")) {
        MemoryFiles files = whole.copy();
        files.tamper(path, java.util.Arrays.copyOf(bytes, bytes.length + 1));
        List<String> problems = problems(files);
        assertTrue(isNamed(problems, place(path)), path + " and a zero: " + problems);
      }
    }
  }

  /** As a crash, or a write under way, leaves the file: said, and no problem. */
  @Test
  void theWriteAheadLogMayEndAnywhereAfterWhatIsSigned() throws IOException {
    MemoryFiles whole = new MemoryFiles();
    RecordedLog log = new RecordedLog(whole, 1);
    log.begin();
    log.checkpoint();
    String path = "wal/" + "0".repeat(20);
    int signed = whole.read(path).length;
    log.grants(2);
    byte[] bytes = whole.read(path);
    List<Integer> ends = segment(path.substring(4), bytes).ends();
    for (int length = signed; length < bytes.length; length++) {
      MemoryFiles files = whole.killed();
      files.tamper(path, java.util.Arrays.copyOf(bytes, length));
      Verdict verdict =
          new LogVerifier(files, new Ed25519Check()).verify(LogVerifier.Known.NOTHING, done -> {});
      assertEquals(List.of(), verdict.problems(), "cut to " + length);
      assertEquals(
          !ends.contains(length),
          verdict.unproved().stream().anyMatch(each -> each.startsWith(path + ", byte ")),
          verdict.unproved().toString());
    }
  }

  @Test
  void nothingMayFollowInAFileOfTheWriteAheadLogThatIsNotTheLast() throws IOException {
    MemoryFiles whole = new MemoryFiles();
    RecordedLog log = new RecordedLog(whole, 1);
    log.begin();
    log.stop();
    log.reopen();
    log.begin();
    log.stop();
    List<String> files = whole.list("wal");
    assertEquals(2, files.size());
    String first = "wal/" + files.getFirst();
    byte[] bytes = whole.read(first);
    whole.tamper(first, java.util.Arrays.copyOf(bytes, bytes.length + 3));
    assertTrue(isNamed(problems(whole), first + ", byte " + bytes.length));
  }

  private static Wal.Segment segment(String name, byte[] bytes) {
    try {
      return Wal.read(name, bytes);
    } catch (org.keywarden.audit.Malformed e) {
      throw new AssertionError(e);
    }
  }

  /** The write-ahead log over these entries, as a careful forger writes it. */
  private static byte[] wal(byte[] header, List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(header, 0, Wal.HEADER);
    for (int i = 0; i < entries.size(); i++) {
      CRC32C crc = new CRC32C();
      crc.update(ByteBuffer.allocate(Long.BYTES).putLong(i).flip());
      crc.update(entries.get(i));
      out.writeBytes(
          ByteBuffer.allocate(2 * Integer.BYTES)
              .putInt(entries.get(i).length)
              .putInt((int) crc.getValue())
              .array());
      out.writeBytes(entries.get(i));
    }
    return out.toByteArray();
  }

  private static byte[] hashes(List<byte[]> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    entries.forEach(entry -> out.writeBytes(Rfc6962.leaf(entry).bytes()));
    return out.toByteArray();
  }

  private static List<UnaryOperator<List<byte[]>>> changes(int at) {
    return List.of(
        entries -> {
          entries.remove(at);
          return entries;
        },
        entries -> {
          entries.add(at, entries.get(at));
          return entries;
        },
        entries -> {
          Collections.swap(entries, at, at == 0 ? entries.size() - 1 : at - 1);
          return entries;
        },
        entries -> {
          entries.set(at, entries.get((at + 1) % entries.size()));
          return entries;
        },
        entries -> new ArrayList<>(entries.subList(0, at)));
  }

  /**
   * Entries dropped, doubled, swapped, replaced and cut off at every place, in each of the three
   * files that hold them or their hashes by itself, in two, and in all three.
   */
  @Test
  void entriesAtEveryPlaceInEveryFileThatHoldsThem() throws IOException {
    MemoryFiles whole = small();
    String path = "wal/" + "0".repeat(20);
    byte[] before = whole.read(path);
    List<byte[]> entries = segment(path.substring(4), before).entries();
    int size = entries.size();
    for (int at = 0; at < size; at++) {
      for (UnaryOperator<List<byte[]>> change : changes(at)) {
        List<byte[]> changed = change.apply(new ArrayList<>(entries));
        for (int where = 1; where < 1 << 3; where++) {
          MemoryFiles files = whole.copy();
          if ((where & 1) != 0) {
            files.tamper("tile/entries/000.p/" + size, EntryBundle.encode(changed));
          }
          if ((where & 2) != 0) {
            files.tamper("tile/0/000.p/" + size, hashes(changed));
          }
          if ((where & 4) != 0) {
            files.tamper(path, wal(before, changed));
          }
          List<String> problems = problems(files);
          // Beyond the checkpoint there is only the write-ahead log.
          String place = (where & 3) != 0 ? "tile/" : path;
          boolean named =
              isNamed(problems, place)
                  || isNamed(problems, "the file checkpoint says")
                  || isNamed(problems, "entry " + size + " ");
          assertTrue(named, "entry " + at + ", files " + where + ": " + problems);
        }
      }
    }
  }
}
