package org.keywarden.audit.verify;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;

/** Compares the partial tiles that earlier checkpoints left with the tile of now. */
final class PartialTiles {
  private final LogSource files;

  PartialTiles(LogSource files) {
    this.files = files;
  }

  /** Narrower tiles of earlier checkpoints must be the beginning of the tile of now. */
  void compare(Tile tile, Problems problems) throws IOException {
    String directory = tile.partialDirectory();
    List<String> names = files.list(directory);
    byte[] whole = names.isEmpty() ? new byte[0] : files.read(tileFile(tile));
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
}
