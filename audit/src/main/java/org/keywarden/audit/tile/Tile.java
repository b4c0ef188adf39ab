package org.keywarden.audit.tile;

/**
 * Which tile of hashes, or which bundle of entries (C2SP tlog-tiles).
 *
 * @param level 0 to 7 for hashes, {@link #ENTRIES} for entries
 * @param index 0 or more
 * @param width 1 to 256, less than 256 if partial
 */
public record Tile(int level, long index, int width) {
  public static final int ENTRIES = -1;
  public static final int FULL = 256;

  /** Full tiles have 8 levels of the tree in them. */
  static final int HEIGHT = 8;

  /** A tree of 2^63 entries has tiles at levels 0 to 7. */
  static final int LEVELS = 8;

  public Tile {
    if (level < ENTRIES || level >= LEVELS || index < 0 || width < 1 || width > FULL) {
      throw new IllegalArgumentException(
          "no tile has level " + level + ", index " + index + ", width " + width);
    }
  }

  /** Returns the bundle with the entries of the level 0 tile of this index and width. */
  public static Tile entries(long index, int width) {
    return new Tile(ENTRIES, index, width);
  }

  /** How many hashes (or entries) a tree of this size has at a level, in all tiles of it. */
  public static long countAt(int level, long size) {
    return level <= 0 ? size : size >>> (HEIGHT * level);
  }

  /**
   * Returns the tile of this level and index as it is in a tree of this size.
   *
   * @throws IllegalArgumentException if that tree has no such tile
   */
  public static Tile in(int level, long index, long size) {
    long width = countAt(level, size) - index * FULL;
    return new Tile(level, index, (int) Math.min(FULL, width));
  }

  public boolean isFull() {
    return width == FULL;
  }

  /** Returns the full tile of the same place. */
  public Tile full() {
    return new Tile(level, index, FULL);
  }

  /** The path relative to the log's directory, with slashes. */
  public String path() {
    String directory = level == ENTRIES ? "tile/entries/" : "tile/" + level + "/";
    return directory + number(index) + (isFull() ? "" : ".p/" + width);
  }

  /** The directory of the partial tiles of this place, relative to the log's. */
  public String partialDirectory() {
    return full().path() + ".p";
  }

  private static String number(long index) {
    StringBuilder text = new StringBuilder(digits(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      text.insert(0, "x" + digits(rest % 1000) + "/");
    }
    return text.toString();
  }

  private static String digits(long value) {
    String text = Long.toString(value);
    return "0".repeat(3 - text.length()) + text;
  }

  @Override
  public String toString() {
    return path();
  }
}
