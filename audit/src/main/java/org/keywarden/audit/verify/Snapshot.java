package org.keywarden.audit.verify;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.log.Wal;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;

/**
 * A log held still while its writer goes on: what a writer replaces, extends or deletes is read
 * once, at one moment; full tiles, which it never changes, are read when they are asked for.
 *
 * <p>In the order of reading, nothing is behind what was read before it: a checkpoint, then what
 * was signed, then the write-ahead log. If any of them is another one afterwards, all are read
 * again.
 */
final class Snapshot implements LogSource {
  private static final List<String> REPLACED =
      List.of(FileNames.CHECKPOINT, FileNames.SIGNED, FileNames.MINIMUM);

  private static final String WAL = FileNames.WAL + "/";
  private static final int ATTEMPTS = 100;

  private final LogSource live;
  private Map<String, byte[]> files = Map.of();
  private Map<String, List<String>> directories = Map.of();

  /** Passes everything through, until {@link #take}. */
  Snapshot(LogSource live) {
    this.live = live;
  }

  /**
   * Reads what a writer may change. A log that does not stand still for a hundred attempts, or
   * lacks files, is taken as it is: its verification says what is wrong.
   */
  void take() throws IOException {
    boolean steady = false;
    for (int attempt = 0; !steady && attempt < ATTEMPTS; attempt++) {
      Map<String, byte[]> read = new HashMap<>();
      Map<String, List<String>> listed = new HashMap<>();
      steady = read(read, listed);
      files = read;
      directories = listed;
    }
  }

  /** False if the log moved meanwhile. */
  private boolean read(Map<String, byte[]> read, Map<String, List<String>> listed)
      throws IOException {
    for (String name : REPLACED) {
      byte[] bytes = current(name);
      if (bytes != null) {
        read.put(name, bytes);
      }
    }
    boolean whole = readAll(FileNames.WAL, read, listed);
    for (String directory : partialDirectories(size(read))) {
      whole &= readAll(directory, read, listed);
    }
    for (String name : REPLACED) {
      whole &= Arrays.equals(current(name), read.get(name));
    }
    return whole && live.list(FileNames.WAL).equals(listed.get(FileNames.WAL)) && !isBegun(read);
  }

  private byte @Nullable [] current(String name) throws IOException {
    try {
      return live.read(name);
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  /** False if a file was gone when it was its turn. */
  private boolean readAll(
      String directory, Map<String, byte[]> read, Map<String, List<String>> listed)
      throws IOException {
    List<String> names = live.list(directory);
    listed.put(directory, names);
    for (String name : names) {
      byte[] bytes = current(directory + "/" + name);
      if (bytes == null) {
        return false;
      }
      read.put(directory + "/" + name, bytes);
    }
    return true;
  }

  /** Of the tiles that are not full in a tree of this size. */
  private static List<String> partialDirectories(long size) {
    List<String> partial = new ArrayList<>();
    for (int level = Tile.ENTRIES; Tile.countAt(level, size) > 0; level++) {
      long count = Tile.countAt(level, size);
      if (count % Tile.FULL != 0) {
        partial.add(new Tile(level, count / Tile.FULL, Tile.FULL).partialDirectory());
      }
    }
    return partial;
  }

  private static long size(Map<String, byte[]> read) {
    try {
      byte[] note = read.get(FileNames.CHECKPOINT);
      return note == null ? 0 : Checkpoint.parse(SignedNote.parse(note).text()).size();
    } catch (Malformed unusable) {
      return 0;
    }
  }

  private static String lastOfWal(Map<String, byte[]> read) {
    return read.keySet().stream()
        .filter(path -> path.startsWith(WAL))
        .max(Comparator.naturalOrder())
        .orElse("");
  }

  /** Whether the last file of the write-ahead log is just being begun. */
  private static boolean isBegun(Map<String, byte[]> read) {
    byte[] last = read.get(lastOfWal(read));
    return last != null && last.length < Wal.HEADER;
  }

  /** Index after the last entry in the write-ahead log, 0 if that cannot be told. */
  private static long endOf(Map<String, byte[]> read) {
    String last = lastOfWal(read);
    byte[] bytes = read.get(last);
    try {
      return bytes == null ? 0 : Wal.read(last.substring(WAL.length()), bytes).end();
    } catch (Malformed damaged) {
      return 0;
    }
  }

  /** As many entries as may be in tiles by now, at least as many as when this was taken. */
  long entriesNow() throws IOException {
    Snapshot now = new Snapshot(live);
    now.take();
    return Math.max(size(now.files), endOf(now.files));
  }

  /** Whether entries were pruned since this was taken. */
  boolean isPrunedSince() throws IOException {
    return !Arrays.equals(current(FileNames.MINIMUM), files.get(FileNames.MINIMUM));
  }

  private boolean isTaken(String path) {
    int slash = path.lastIndexOf('/');
    return !files.isEmpty()
        && (slash < 0
            ? REPLACED.contains(path)
            : directories.containsKey(path.substring(0, slash)));
  }

  @Override
  public byte[] read(String path) throws IOException {
    if (!isTaken(path)) {
      return live.read(path);
    }
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new NoSuchFileException(path);
    }
    return bytes.clone();
  }

  @Override
  public boolean exists(String path) {
    return isTaken(path) ? files.containsKey(path) : live.exists(path);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    List<String> names = directories.get(directory);
    return names == null ? live.list(directory) : names;
  }
}
