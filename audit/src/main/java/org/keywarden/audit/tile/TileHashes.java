package org.keywarden.audit.tile;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.merkle.SubtreeHashes;

/**
 * Hashes of perfect subtrees out of the tiles of a tree of one size. Keeps the tiles it read last.
 *
 * <p>Thread: one.
 */
public final class TileHashes implements SubtreeHashes {
  private static final int MOST_KEPT = 64;

  private final long size;
  private final TileSource source;
  private final Map<Tile, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param size of the tree whose tiles are read
   */
  public TileHashes(long size, TileSource source) {
    this.size = size;
    this.source = source;
  }

  @Override
  public Hash hash(int height, long index) throws IOException {
    int level = height / Tile.HEIGHT;
    int within = height % Tile.HEIGHT;
    long first = index << within;
    byte[] bytes = tile(Tile.in(level, first / Tile.FULL, size));
    return subtree(bytes, (int) (first % Tile.FULL), 1 << within);
  }

  private static Hash subtree(byte[] bytes, int first, int count) {
    if (count == 1) {
      return Hash.at(bytes, first * Hash.BYTES);
    }
    int half = count / 2;
    return Rfc6962.node(subtree(bytes, first, half), subtree(bytes, first + half, half));
  }

  private byte[] tile(Tile tile) throws IOException {
    byte[] known = kept.get(tile);
    if (known != null) {
      return known;
    }
    byte[] bytes = source.read(tile);
    if (bytes.length != tile.width() * Hash.BYTES) {
      throw new IOException(
          "tile " + tile + " has " + bytes.length + " bytes, not " + tile.width() * Hash.BYTES);
    }
    kept.put(tile, bytes);
    if (kept.size() > MOST_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return bytes;
  }
}
