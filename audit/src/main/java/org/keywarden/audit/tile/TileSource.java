package org.keywarden.audit.tile;

import java.io.IOException;

/** Where the bytes of tiles and bundles come from. */
@FunctionalInterface
public interface TileSource {
  /**
   * Returns the bytes of a tile or bundle. A tile of hashes has exactly {@code 32 * width} bytes; a
   * partial tile may be taken from the full one of its place.
   *
   * @throws IOException if it cannot be had or is malformed; the message names its path
   */
  byte[] read(Tile tile) throws IOException;
}
