package org.keywarden.audit.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.TreeProofs;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.tile.EntryBundle;
import org.keywarden.audit.tile.Tile;
import org.keywarden.audit.tile.TileHashes;
import org.keywarden.audit.tile.TileTree;

/**
 * Brings a log's directory back to a state that can be written on: cuts off a torn tail, builds the
 * tree anew from full tiles and the write-ahead log, and compares its root with what was signed.
 */
final class Recovery {
  private final LogFiles files;
  private final Checkpoint signed;
  private final long keep;

  /**
   * @param keep entries from this index on were never confirmed and are dropped
   */
  Recovery(LogFiles files, Checkpoint signed, long keep) {
    this.files = files;
    this.signed = signed;
    this.keep = keep;
  }

  /**
   * A log that can be written on.
   *
   * @param firsts first indices of the files of the write-ahead log
   * @param dropped bytes cut off its end
   */
  record Recovered(TileFiles tiles, List<Long> firsts, long dropped) {}

  Recovered run() throws IOException {
    List<Wal.Segment> segments = new ArrayList<>();
    long dropped = readSegments(segments);
    if (segments.isEmpty()) {
      if (signed.size() > 0) {
        throw new Damaged(
            "wal/ is missing, but a checkpoint of size " + signed.size() + " was signed");
      }
      return new Recovered(new TileFiles(files, new TileTree()), List.of(), dropped);
    }
    long end = segments.getLast().end();
    if (end < signed.size()) {
      throw new Damaged(
          "wal/ ends at entry "
              + end
              + ", but a checkpoint of size "
              + signed.size()
              + " was signed"
              + afterDamage(segments.getLast()));
    }
    TileFiles tiles = replay(segments, end);
    dropped += cut(segments);
    return new Recovered(tiles, segments.stream().map(Wal.Segment::first).toList(), dropped);
  }

  private static String afterDamage(Wal.Segment last) {
    return last.damage() == null ? "" : "; " + last.damage();
  }

  /** Reads all files; returns the bytes of those that were only being started. */
  private long readSegments(List<Wal.Segment> segments) throws IOException {
    List<String> names = files.list(FileNames.WAL);
    long dropped = 0;
    for (int i = 0; i < names.size(); i++) {
      byte[] bytes = files.read(FileNames.WAL + "/" + names.get(i));
      try {
        Wal.Segment segment = Wal.read(names.get(i), bytes);
        if (!segments.isEmpty() && segments.getLast().end() != segment.first()) {
          throw new Damaged(
              segment.path()
                  + " begins at entry "
                  + segment.first()
                  + ", but "
                  + segments.getLast().path()
                  + " ends at "
                  + segments.getLast().end()
                  + afterDamage(segments.getLast()));
        }
        segments.add(segment);
      } catch (Malformed e) {
        boolean started = i == names.size() - 1 && bytes.length <= Wal.HEADER;
        if (!started) {
          throw new Damaged(e.reason(), e);
        }
        files.delete(FileNames.WAL + "/" + names.get(i));
        dropped += bytes.length;
      }
    }
    return dropped;
  }

  private TileFiles replay(List<Wal.Segment> segments, long end) throws IOException {
    long first = segments.getFirst().first();
    long full = (first + Tile.FULL - 1) / Tile.FULL * Tile.FULL;
    if (full > end) {
      throw new Damaged("wal/ ends at entry " + end + " within a bundle it no longer begins");
    }
    TileTree tree = TileTree.fromFullTiles(full, this::readTile);
    if (signed.size() <= full) {
      check(new TreeProofs(new TileHashes(full, this::readTileOf)).root(signed.size()));
    }
    TileFiles tiles = new TileFiles(files, tree);
    List<byte[]> bundled = first == full ? List.of() : bundle(full / Tile.FULL - 1);
    for (Wal.Segment segment : segments) {
      for (int i = 0; i < segment.entries().size() && segment.first() + i < keep; i++) {
        long index = segment.first() + i;
        byte[] entry = segment.entries().get(i);
        if (index >= full) {
          tiles.append(entry);
          if (tiles.size() == signed.size()) {
            check(tiles.root());
          }
        } else if (!Arrays.equals(entry, bundled.get((int) (index % Tile.FULL)))) {
          throw new Damaged(
              "entry " + index + " in " + segment.path() + " differs from tile/entries");
        }
      }
    }
    return tiles;
  }

  private List<byte[]> bundle(long index) throws IOException {
    Tile tile = Tile.entries(index, Tile.FULL);
    try {
      return EntryBundle.decode(files.read(tile.path()), Tile.FULL);
    } catch (Malformed e) {
      throw new Damaged(tile + " " + e.reason(), e);
    }
  }

  private void check(Hash root) throws Damaged {
    if (!root.equals(signed.root())) {
      throw new Damaged(
          "the entries below "
              + signed.size()
              + " have the root "
              + root
              + ", but the checkpoint that was signed has "
              + signed.root());
    }
  }

  private byte[] readTile(Tile tile) throws IOException {
    byte[] bytes = files.read(tile.path());
    if (bytes.length != tile.width() * Hash.BYTES) {
      throw new Damaged(tile + " has " + bytes.length + " bytes");
    }
    return bytes;
  }

  /** Partial tiles above full ones are made of them, so that only durable files are trusted. */
  private byte[] readTileOf(Tile tile) throws IOException {
    if (tile.isFull()) {
      return readTile(tile);
    }
    byte[] hashes = new byte[tile.width() * Hash.BYTES];
    for (int i = 0; i < tile.width(); i++) {
      Tile below = new Tile(tile.level() - 1, tile.index() * Tile.FULL + i, Tile.FULL);
      TileTree.rootOf(readTile(below)).copyTo(hashes, i * Hash.BYTES);
    }
    return hashes;
  }

  /** Cuts off damage and what is not to be kept; makes the rest durable. */
  private long cut(List<Wal.Segment> segments) throws IOException {
    long dropped = 0;
    while (segments.getLast().first() >= keep && segments.size() > 1) {
      Wal.Segment last = segments.removeLast();
      dropped += files.read(last.path()).length;
      files.delete(last.path());
    }
    Wal.Segment last = segments.getLast();
    int kept = (int) Math.min(last.entries().size(), Math.max(0, keep - last.first()));
    int length = last.ends().get(kept);
    int present = files.read(last.path()).length;
    if (length < present) {
      files.truncate(last.path(), length);
      dropped += present - length;
    }
    files.sync(last.path());
    files.syncDirectory(FileNames.WAL);
    return dropped;
  }
}
