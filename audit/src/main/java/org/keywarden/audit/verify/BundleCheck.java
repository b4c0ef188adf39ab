package org.keywarden.audit.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;

/**
 * Checks a bundle of entries by itself: reads it, hashes its entries, compares them with the tile
 * of their hashes, and reads them as records. This is nearly all the work of a verification.
 *
 * <p>Thread: any, several at once.
 */
final class BundleCheck {
  private final LogReader reader;
  private final PartialTiles partials;

  BundleCheck(LogSource files, LogReader reader) {
    this.reader = reader;
    this.partials = new PartialTiles(files);
  }

  /**
   * @param number of the bundle
   * @param size of the tree
   */
  CheckedBundle check(long number, long size) {
    Problems problems = new Problems();
    Tile tile = Tile.in(Tile.ENTRIES, number, size);
    Tile hashes = new Tile(0, number, tile.width());
    List<byte[]> entries = entries(tile, problems);
    byte @Nullable [] stored = stored(hashes, problems);
    List<Hash> leaves = new ArrayList<>(tile.width());
    List<CheckedBundle.Outcome> outcomes = new ArrayList<>(entries.size());
    for (int i = 0; i < tile.width(); i++) {
      Hash known = stored == null ? Rfc6962.EMPTY_ROOT : Hash.at(stored, i * Hash.BYTES);
      if (i >= entries.size()) {
        leaves.add(known);
        continue;
      }
      Hash leaf = Rfc6962.leaf(entries.get(i));
      leaves.add(leaf);
      outcomes.add(outcome(entries.get(i)));
      if (!leaf.equals(known)) {
        problems.add(
            "entry "
                + (number * Tile.FULL + i)
                + " in "
                + tile
                + " does not match its hash in "
                + hashes);
      }
    }
    Hash root = tile.isFull() ? Rfc6962.root(leaves) : null;
    return new CheckedBundle(tile, leaves, root, outcomes, problems);
  }

  static CheckedBundle.Outcome outcome(byte[] entry) {
    try {
      return new CheckedBundle.Said(RecordCodec.decode(entry));
    } catch (Malformed e) {
      return new CheckedBundle.Wrong(e.reason());
    }
  }

  /** The entries, none if they cannot be read. */
  private List<byte[]> entries(Tile tile, Problems problems) {
    try {
      List<byte[]> entries = reader.bundle(tile);
      partials.compare(tile, problems);
      return entries;
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
      return List.of();
    }
  }

  /** The hashes, null if they cannot be read. */
  private byte @Nullable [] stored(Tile tile, Problems problems) {
    byte[] bytes = null;
    try {
      bytes = reader.hashes(tile);
      partials.compare(tile, problems);
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
    }
    return bytes;
  }
}
