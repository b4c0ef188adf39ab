package org.keywarden.audit.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;
import org.keywarden.audit.tile.TileTree;

/** Builds the tree anew from the entries and compares it with every tile and the root. */
final class TreeCheck {
  private static final int REPORT = 64;

  private final LogSource files;
  private final LogReader reader;
  private final Problems problems;

  TreeCheck(LogSource files, LogReader reader, Problems problems) {
    this.files = files;
    this.reader = reader;
    this.problems = problems;
  }

  void run(
      Checkpoint checkpoint,
      long minimum,
      WalCheck wal,
      Completeness completeness,
      LongConsumer progress) {
    long size = checkpoint.size();
    TileTree tree;
    try {
      tree = TileTree.fromFullTiles(minimum, reader::hashes);
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
      return;
    }
    for (long number = minimum / Tile.FULL; number * Tile.FULL < size; number++) {
      Tile tile = Tile.in(Tile.ENTRIES, number, size);
      List<byte[]> entries = entries(tile);
      List<Hash> stored = stored(new Tile(0, number, tile.width()));
      for (int i = 0; i < tile.width(); i++) {
        long index = number * Tile.FULL + i;
        Hash leaf = i < entries.size() ? Rfc6962.leaf(entries.get(i)) : stored.get(i);
        if (i < entries.size()) {
          wal.compare(index, leaf);
          completeness.entry(index, entries.get(i));
        }
        if (!leaf.equals(stored.get(i))) {
          problems.add("entry " + index + " in " + tile + " does not match its hash in "
              + new Tile(0, number, tile.width()));
        }
        tree.append(leaf, this::compareAbove);
      }
      if (number % REPORT == 0) {
        progress.accept(Math.min(size, (number + 1) * Tile.FULL));
      }
    }
    tree.partialTiles().stream()
        .filter(tile -> tile.level() > 0)
        .forEach(tile -> compareAbove(tile, tree.bytes(tile)));
    progress.accept(size);
    if (!tree.root().equals(checkpoint.root())) {
      problems.add(
          "the entries have the root " + tree.root() + ", but the file checkpoint says "
              + checkpoint.root());
    }
  }

  /** The entries, none if they cannot be read. */
  private List<byte[]> entries(Tile tile) {
    try {
      List<byte[]> entries = reader.bundle(tile);
      comparePartials(tile, entries.size());
      return entries;
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
      return List.of();
    }
  }

  /** The hashes, those of no entry if they cannot be read. */
  private List<Hash> stored(Tile tile) {
    List<Hash> hashes = new ArrayList<>();
    try {
      byte[] bytes = reader.hashes(tile);
      for (int i = 0; i < tile.width(); i++) {
        hashes.add(Hash.at(bytes, i * Hash.BYTES));
      }
      comparePartials(tile, bytes.length);
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
      while (hashes.size() < tile.width()) {
        hashes.add(Rfc6962.EMPTY_ROOT);
      }
    }
    return hashes;
  }

  /** Narrower tiles of earlier checkpoints must be the beginning of the tile of now. */
  private void comparePartials(Tile tile, int length) throws IOException {
    String directory = tile.partialDirectory();
    if (length == 0) {
      return;
    }
    List<String> names = files.list(directory);
    byte[] whole =
        names.isEmpty() ? new byte[0] : files.read(tileFile(tile));
    for (String name : names) {
      byte[] part = files.read(directory + "/" + name);
      int compared = Math.min(part.length, whole.length);
      if (!Arrays.equals(part, 0, compared, whole, 0, compared)
          || isShort(tile, name, part, whole)) {
        problems.add(directory + "/" + name + " is not the beginning of " + tile);
      }
    }
  }

  private String tileFile(Tile tile) {
    return tile.isFull() || files.exists(tile.path()) ? tile.path() : tile.full().path();
  }

  private static boolean isShort(Tile tile, String name, byte[] part, byte[] whole) {
    if (!name.matches("[1-9][0-9]{0,2}")) {
      return !name.endsWith(".tmp");
    }
    int width = Integer.parseInt(name);
    if (tile.level() >= 0) {
      return part.length != width * Hash.BYTES;
    }
    return entriesIn(part) != width || (width <= tile.width() && part.length > whole.length);
  }

  private static int entriesIn(byte[] bundle) {
    int count = 0;
    int offset = 0;
    while (offset + 1 < bundle.length) {
      offset += 2 + ((bundle[offset] & 0xff) << 8 | (bundle[offset + 1] & 0xff));
      count++;
    }
    return offset == bundle.length ? count : -1;
  }

  /** Compares a tile above level 0 with its file. */
  private void compareAbove(Tile tile, byte[] expected) {
    if (tile.level() == 0) {
      return;
    }
    try {
      if (!Arrays.equals(reader.hashes(tile), expected)) {
        problems.add(tile + " is not made of the tiles below it");
      }
      comparePartials(tile, expected.length);
    } catch (IOException e) {
      problems.add(LogVerifier.explain(e));
    }
  }
}
