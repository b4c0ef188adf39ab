package org.keywarden.audit.tile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;

/**
 * The right edge of a growing tree: for each level the hashes of the tile that is not full yet,
 * which is all that is needed to append and to know the root. At most 255 hashes per level.
 *
 * <p>Thread: one.
 */
public final class TileTree {
  /** Told of a tile when its last hash arrives, lower levels first. */
  @FunctionalInterface
  public interface Filled {
    void filled(Tile tile, byte[] hashes);
  }

  private final List<List<Hash>> levels = new ArrayList<>();
  private long size;

  /** A tree without entries. */
  public TileTree() {}

  /** Reads the right edge of a tree of this size from its partial tiles. */
  public static TileTree read(long size, TileSource source) throws IOException {
    TileTree tree = new TileTree();
    tree.size = size;
    for (int level = 0; Tile.countAt(level, size) > 0; level++) {
      long count = Tile.countAt(level, size);
      int width = (int) (count % Tile.FULL);
      List<Hash> hashes = tree.level(level);
      if (width > 0) {
        byte[] bytes = source.read(new Tile(level, count / Tile.FULL, width));
        for (int i = 0; i < width; i++) {
          hashes.add(Hash.at(bytes, i * Hash.BYTES));
        }
      }
    }
    return tree;
  }

  /**
   * Rebuilds the right edge of a tree whose bundles are all full, from full tiles only.
   *
   * @param size a multiple of 256
   */
  public static TileTree fromFullTiles(long size, TileSource source) throws IOException {
    TileTree tree = new TileTree();
    tree.size = size;
    for (int level = 1; Tile.countAt(level, size) > 0; level++) {
      long count = Tile.countAt(level, size);
      List<Hash> hashes = tree.level(level);
      for (long index = count - count % Tile.FULL; index < count; index++) {
        hashes.add(rootOf(source.read(new Tile(level - 1, index, Tile.FULL))));
      }
    }
    return tree;
  }

  /** The hash in the tile above of a full tile with these bytes. */
  public static Hash rootOf(byte[] hashes) {
    List<Hash> leaves = new ArrayList<>(Tile.FULL);
    for (int i = 0; i < hashes.length; i += Hash.BYTES) {
      leaves.add(Hash.at(hashes, i));
    }
    return Rfc6962.root(leaves);
  }

  /** Appends an entry's hash. */
  public void append(Hash leaf, Filled filled) {
    size++;
    raise(0, leaf, filled);
  }

  private void raise(int first, Hash lowest, Filled filled) {
    Hash hash = lowest;
    for (int number = first; ; number++) {
      List<Hash> level = level(number);
      level.add(hash);
      if (level.size() < Tile.FULL) {
        return;
      }
      long index = Tile.countAt(number, size) / Tile.FULL - 1;
      filled.filled(new Tile(number, index, Tile.FULL), concatenated(level));
      hash = Rfc6962.root(level);
      level.clear();
    }
  }

  /**
   * Appends as many entries as a tile has.
   *
   * @param root of their hashes
   * @param filled told of tiles above theirs
   * @throws IllegalStateException unless the tiles before are full
   */
  public void appendFull(Hash root, Filled filled) {
    if (size % Tile.FULL != 0) {
      throw new IllegalStateException("a tree of size " + size + " ends within a tile");
    }
    size += Tile.FULL;
    level(0);
    raise(1, root, filled);
  }

  /** Number of entries. */
  public long size() {
    return size;
  }

  /** The root of all entries (RFC 6962, section 2.1). */
  public Hash root() {
    Hash right = null;
    for (List<Hash> level : levels) {
      right = fold(level, right);
    }
    return right == null ? Rfc6962.EMPTY_ROOT : right;
  }

  /** The tiles that are not full. */
  public List<Tile> partialTiles() {
    List<Tile> tiles = new ArrayList<>();
    for (int number = 0; number < levels.size(); number++) {
      int width = levels.get(number).size();
      if (width > 0) {
        tiles.add(new Tile(number, Tile.countAt(number, size) / Tile.FULL, width));
      }
    }
    return tiles;
  }

  /** The bytes of one of {@link #partialTiles}. */
  public byte[] bytes(Tile tile) {
    return concatenated(levels.get(tile.level()).subList(0, tile.width()));
  }

  private List<Hash> level(int number) {
    while (levels.size() <= number) {
      levels.add(new ArrayList<>(Tile.FULL));
    }
    return levels.get(number);
  }

  /**
   * Joins the perfect subtrees of a level, smallest first, to what stands at their right. Written
   * this way since subtrees of a tree grow from right to left.
   */
  private static @Nullable Hash fold(List<Hash> level, @Nullable Hash smaller) {
    Hash right = smaller;
    int end = level.size();
    while (end > 0) {
      int start = end - Integer.lowestOneBit(end);
      Hash subtree = Rfc6962.root(level.subList(start, end));
      right = right == null ? subtree : Rfc6962.node(subtree, right);
      end = start;
    }
    return right;
  }

  private static byte[] concatenated(List<Hash> hashes) {
    byte[] bytes = new byte[hashes.size() * Hash.BYTES];
    for (int i = 0; i < hashes.size(); i++) {
      hashes.get(i).copyTo(bytes, i * Hash.BYTES);
    }
    return bytes;
  }
}
