package org.keywarden.audit.log;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.tile.EntryBundle;
import org.keywarden.audit.tile.Tile;
import org.keywarden.audit.tile.TileTree;

/**
 * The tree and its files. Full tiles are written one by one, in the writer's idle moments or when
 * there are too many; partial ones when a checkpoint needs them, and not made durable: until a
 * bundle is full and durable, its entries stay in the write-ahead log.
 */
final class TileFiles {
  private record Pending(Tile tile, byte[] bytes) {}

  private final LogFiles files;
  private final TileTree tree;
  private final List<byte[]> bundle = new ArrayList<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final Set<String> unsynced = new LinkedHashSet<>();

  /**
   * @param tree of a size that fills its bundles
   */
  TileFiles(LogFiles files, TileTree tree) {
    this.files = files;
    this.tree = tree;
  }

  void append(byte[] entry) {
    bundle.add(entry);
    if (bundle.size() == Tile.FULL) {
      Tile tile = Tile.entries(tree.size() / Tile.FULL, Tile.FULL);
      pending.addLast(new Pending(tile, EntryBundle.encode(bundle)));
      bundle.clear();
    }
    tree.append(Rfc6962.leaf(entry), (tile, hashes) -> pending.addLast(new Pending(tile, hashes)));
  }

  long size() {
    return tree.size();
  }

  Hash root() {
    return tree.root();
  }

  /** How many full tiles are not written yet. */
  int pending() {
    return pending.size();
  }

  /** Writes one full tile. */
  void writeOne() throws IOException {
    Pending next = pending.getFirst();
    String path = next.tile.path();
    String temporary = path + ".tmp";
    files.write(temporary, next.bytes);
    files.sync(temporary);
    files.rename(temporary, path);
    unsynced.add(LogFiles.directoryOf(path));
    deletePartial(next.tile);
    pending.removeFirst();
  }

  /** Writes all that a checkpoint of the current size needs. */
  void writeAll() throws IOException {
    while (!pending.isEmpty()) {
      writeOne();
    }
    for (Tile tile : tree.partialTiles()) {
      writePartial(tile, tree.bytes(tile));
    }
    if (!bundle.isEmpty()) {
      Tile tile = Tile.entries(tree.size() / Tile.FULL, bundle.size());
      writePartial(tile, EntryBundle.encode(bundle));
    }
  }

  /** Removes partial tiles, which a crash may have left half written. */
  void deletePartials() throws IOException {
    for (int level = 0; Tile.countAt(level, tree.size()) > 0; level++) {
      deletePartial(new Tile(level, Tile.countAt(level, tree.size()) / Tile.FULL, Tile.FULL));
    }
    deletePartial(Tile.entries(tree.size() / Tile.FULL, Tile.FULL));
  }

  /** Makes all full tiles durable; returns the index below which every entry is in one. */
  long sync() throws IOException {
    while (!pending.isEmpty()) {
      writeOne();
    }
    for (String directory : unsynced) {
      files.syncDirectory(directory);
    }
    unsynced.clear();
    return tree.size() - tree.size() % Tile.FULL;
  }

  private void writePartial(Tile tile, byte[] bytes) throws IOException {
    String path = tile.path();
    files.write(path + ".tmp", bytes);
    files.rename(path + ".tmp", path);
  }

  private void deletePartial(Tile tile) throws IOException {
    String directory = tile.partialDirectory();
    for (String name : files.list(directory)) {
      files.delete(directory + "/" + name);
    }
  }
}
