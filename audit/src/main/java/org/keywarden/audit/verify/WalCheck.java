package org.keywarden.audit.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.log.Wal;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;

/** Compares the write-ahead log with the entries. */
final class WalCheck {
  private final LogSource files;
  private final Problems problems;
  private final List<Wal.Segment> segments = new ArrayList<>();
  private int current;

  /** What the last file has, if it has no whole header yet. */
  private @Nullable String begun;

  WalCheck(LogSource files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  void read() throws IOException {
    List<String> names = files.list(FileNames.WAL);
    for (String name : names) {
      byte[] bytes = files.read(FileNames.WAL + "/" + name);
      try {
        Wal.Segment segment = Wal.read(name, bytes);
        if (!segments.isEmpty() && segments.getLast().end() != segment.first()) {
          problems.add(
              segment.path()
                  + " begins at entry "
                  + segment.first()
                  + ", but "
                  + segments.getLast().path()
                  + " ends at "
                  + segments.getLast().end());
        }
        segments.add(segment);
      } catch (Malformed e) {
        if (name.equals(names.getLast()) && bytes.length < Wal.HEADER) {
          begun = e.reason();
        } else {
          problems.add(e.reason());
        }
      }
    }
    checkTails();
  }

  /** What is wrong after the entries of each file; of the last, what a crash does not leave. */
  private void checkTails() {
    for (Wal.Segment segment : segments) {
      String damage = segment.damage();
      if (damage != null && !(segment.torn() && segment == segments.getLast())) {
        problems.add(damage);
      }
    }
  }

  /** What a write under way, or one that a crash cut short, left at the end. */
  Optional<String> torn() {
    boolean torn = begun == null && !segments.isEmpty() && segments.getLast().torn();
    return Optional.ofNullable(torn ? segments.getLast().damage() : begun);
  }

  /** Index after the last entry. */
  long end() {
    return segments.isEmpty() ? 0 : segments.getLast().end();
  }

  /** Compares an entry's hash; entries come in order. */
  void compare(long index, Hash leaf) {
    while (current < segments.size() && segments.get(current).end() <= index) {
      current++;
    }
    if (current < segments.size() && segments.get(current).first() <= index) {
      Wal.Segment segment = segments.get(current);
      byte[] entry = segment.entries().get((int) (index - segment.first()));
      if (!Rfc6962.leaf(entry).equals(leaf)) {
        problems.add("entry " + index + " in " + segment.path() + " differs from tile/entries");
      }
    }
  }

  /** Checks that nothing is missing, and hands on the entries that are not under a checkpoint. */
  void finish(long size, EntryConsumer entries) {
    if (segments.isEmpty()) {
      if (begun == null) {
        problems.add("wal/ is missing: a broker always leaves a file there");
      } else if (size > 0) {
        problems.add(begun + ", and there is no other");
      }
      return;
    }
    long full = size / Tile.FULL * Tile.FULL;
    if (segments.getFirst().first() > full) {
      problems.add(
          segments.getFirst().path()
              + " is the first of wal/, but entries from "
              + full
              + " on must be there");
    }
    Wal.Segment last = segments.getLast();
    if (last.end() < size) {
      problems.add(last.path() + " ends at entry " + last.end() + ", the checkpoint has " + size);
    }
    for (Wal.Segment segment : segments) {
      for (int i = 0; i < segment.entries().size(); i++) {
        if (segment.first() + i >= size) {
          entries.accept(segment.first() + i, segment.entries().get(i));
        }
      }
    }
  }

  /** Takes entries. */
  interface EntryConsumer {
    void accept(long index, byte[] entry);
  }
}
