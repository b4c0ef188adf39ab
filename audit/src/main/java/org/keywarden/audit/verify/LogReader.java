package org.keywarden.audit.verify;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.log.Damaged;
import org.keywarden.audit.log.FileNames;
import org.keywarden.audit.log.Wal;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.TreeProofs;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.note.TlogProof;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.EntryBundle;
import org.keywarden.audit.tile.Tile;
import org.keywarden.audit.tile.TileHashes;

/**
 * Reads entries and makes proofs. Checks form only; {@link LogVerifier} checks the rest. A writer
 * may go on meanwhile.
 */
public final class LogReader {
  /** Takes entries in order. */
  @FunctionalInterface
  public interface Visitor {
    /** Takes one; false to end. */
    boolean entry(long index, byte[] entry) throws IOException;
  }

  private final LogSource files;

  public LogReader(LogSource files) {
    this.files = files;
  }

  /**
   * The published checkpoint; its signature is not verified.
   *
   * @throws Damaged if it is malformed
   */
  public SignedNote checkpointNote() throws IOException {
    try {
      return SignedNote.parse(files.read(FileNames.CHECKPOINT));
    } catch (Malformed e) {
      throw new Damaged("the file checkpoint: " + e.reason(), e);
    }
  }

  /** The published checkpoint without its signatures. */
  public Checkpoint checkpoint() throws IOException {
    try {
      return Checkpoint.parse(checkpointNote().text());
    } catch (Malformed e) {
      throw new Damaged("the file checkpoint: " + e.reason(), e);
    }
  }

  /**
   * Visits the entries from an index on: those under the checkpoint, then those that are durable in
   * the write-ahead log and not under it yet.
   */
  public void visit(long from, Visitor visitor) throws IOException {
    still().visitAll(from, visitor);
  }

  /** Reads the log as it is now, whatever its writer does. */
  private LogReader still() throws IOException {
    Snapshot now = new Snapshot(files);
    now.take();
    return new LogReader(now);
  }

  private void visitAll(long from, Visitor visitor) throws IOException {
    long size = checkpoint().size();
    for (long bundle = from / Tile.FULL; bundle * Tile.FULL < size; bundle++) {
      List<byte[]> entries = bundle(Tile.in(Tile.ENTRIES, bundle, size));
      for (int i = 0; i < entries.size(); i++) {
        long index = bundle * Tile.FULL + i;
        if (index >= from && !visitor.entry(index, entries.get(i))) {
          return;
        }
      }
    }
    visitWal(Math.max(from, size), visitor);
  }

  private void visitWal(long from, Visitor visitor) throws IOException {
    for (String name : files.list(FileNames.WAL)) {
      Wal.Segment segment;
      try {
        segment = Wal.read(name, files.read(FileNames.WAL + "/" + name));
      } catch (Malformed | NoSuchFileException e) {
        continue;
      }
      for (int i = 0; i < segment.entries().size(); i++) {
        long index = segment.first() + i;
        if (index >= from && !visitor.entry(index, segment.entries().get(i))) {
          return;
        }
      }
    }
  }

  /** Entries of a bundle, of the full one if the partial one is gone. */
  List<byte[]> bundle(Tile tile) throws IOException {
    try {
      if (!tile.isFull() && !files.exists(tile.path())) {
        return EntryBundle.decode(files.read(tile.full().path()), Tile.FULL)
            .subList(0, tile.width());
      }
      return EntryBundle.decode(files.read(tile.path()), tile.width());
    } catch (Malformed e) {
      throw new Damaged(tile.path() + " " + e.reason(), e);
    }
  }

  /** Bytes of a tile of hashes, of the full one if the partial one is gone. */
  byte[] hashes(Tile tile) throws IOException {
    boolean cut = !tile.isFull() && !files.exists(tile.path());
    byte[] bytes = files.read(cut ? tile.full().path() : tile.path());
    int length = tile.width() * Hash.BYTES;
    if (bytes.length != (cut ? Tile.FULL * Hash.BYTES : length)) {
      throw new Damaged(tile.path() + " has " + bytes.length + " bytes, not " + length);
    }
    return cut ? Arrays.copyOf(bytes, length) : bytes;
  }

  /** Makes proofs in the tree of this size. */
  public TreeProofs proofs(long size) {
    return new TreeProofs(new TileHashes(size, this::hashes));
  }

  /**
   * Proves that an entry is under the published checkpoint.
   *
   * @throws IllegalArgumentException if it is not
   */
  public TlogProof prove(long index) throws IOException {
    return still().proveNow(index);
  }

  private TlogProof proveNow(long index) throws IOException {
    SignedNote note = checkpointNote();
    long size = checkpoint().size();
    return new TlogProof(
        new byte[0], index, new ArrayList<>(proofs(size).inclusion(index, size)), note);
  }
}
