package org.keywarden.audit.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.Names;
import org.keywarden.audit.log.Wal;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;

/** Compares the write-ahead log with the entries. */
final class WalCheck {
  private static final String TORN = "ends within";

  private final LogSource files;
  private final Problems problems;
  private final List<Wal.Segment> segments = new ArrayList<>();
  private int current;

  WalCheck(LogSource files, Problems problems) {
    this.files = files;
    this.problems = problems;
  }

  void read() throws IOException {
    for (String name : files.list(Names.WAL)) {
      try {
        Wal.Segment segment = Wal.read(name, files.read(Names.WAL + "/" + name));
        if (!segments.isEmpty() && segments.getLast().end() != segment.first()) {
          problems.add(
              segment.path() + " begins at entry " + segment.first() + ", but "
                  + segments.getLast().path() + " ends at " + segments.getLast().end());
        }
        if (segment.damage() != null && !segment.damage().contains(TORN)) {
          problems.add(segment.damage());
        }
        segments.add(segment);
      } catch (Malformed e) {
        problems.add(e.reason());
      }
    }
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
      problems.add("wal/ is missing: a broker always leaves a file there");
      return;
    }
    long full = size / Tile.FULL * Tile.FULL;
    if (segments.getFirst().first() > full) {
      problems.add(
          segments.getFirst().path() + " is the first of wal/, but entries from " + full
              + " on must be there");
    }
    Wal.Segment last = segments.getLast();
    if (last.end() < size) {
      problems.add(
          last.path() + " ends at entry " + last.end() + ", the checkpoint has " + size);
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
