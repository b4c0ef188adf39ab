package org.keywarden.audit.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.keywarden.audit.store.LogFiles;

/** Writes the write-ahead log. After an error it must not be used again. */
final class WalWriter {
  private final LogFiles files;
  private final Deque<Long> older;
  private LogFiles.Appender current;
  private long first;
  private long bytes;

  private WalWriter(LogFiles files, Deque<Long> older, long first, LogFiles.Appender current) {
    this.files = files;
    this.older = older;
    this.first = first;
    this.current = current;
  }

  /**
   * Starts a new file at this index.
   *
   * @param older first indices of the files that are kept, ascending
   */
  static WalWriter start(LogFiles files, List<Long> older, long first) throws IOException {
    Deque<Long> before = new ArrayDeque<>(older);
    before.remove(first);
    return new WalWriter(files, before, first, begin(files, first));
  }

  private static LogFiles.Appender begin(LogFiles files, long first) throws IOException {
    LogFiles.Appender file = files.create(Wal.path(first));
    try {
      file.write(Wal.header(first));
      file.sync();
      files.syncDirectory(FileNames.WAL);
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Writes entries and makes them durable. */
  void append(long index, List<byte[]> entries) throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int i = 0; i < entries.size(); i++) {
      Wal.frame(frames, index + i, entries.get(i));
    }
    current.write(frames.toByteArray());
    current.sync();
    bytes += frames.size();
  }

  /** Bytes of entries in the current file. */
  long bytes() {
    return bytes;
  }

  /** First entry that is still here. */
  long oldest() {
    return older.isEmpty() ? first : older.getFirst();
  }

  /** Goes on in a new file. */
  void rotate(long next) throws IOException {
    current.close();
    older.addLast(first);
    current = begin(files, next);
    first = next;
    bytes = 0;
  }

  /**
   * Deletes the files whose entries are all below this index, each for certain before the next, so
   * that a crash leaves no gap.
   */
  void deleteBelow(long index) throws IOException {
    while (!older.isEmpty() && endOfOldest() <= index) {
      files.delete(Wal.path(older.getFirst()));
      files.syncDirectory(FileNames.WAL);
      older.removeFirst();
    }
  }

  private long endOfOldest() {
    Iterator<Long> firsts = older.iterator();
    firsts.next();
    return firsts.hasNext() ? firsts.next() : first;
  }

  void close() throws IOException {
    current.close();
  }
}
