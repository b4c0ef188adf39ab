package org.keywarden.audit.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.keywarden.audit.store.LogFiles;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.Tile;

/**
 * Removes old entries by whole bundles (C2SP tlog-tiles, section Pruning). Hash tiles of level 0 go
 * when the tile above is full and has what every later root needs; higher levels stay.
 */
public final class Pruning {
  private final LogFiles files;

  Pruning(LogFiles files) {
    this.files = files;
  }

  /**
   * The first entry that is kept: the <em>minimum index</em> of tlog-tiles.
   *
   * @throws Damaged if the file is no number
   */
  public static long minimum(LogSource files) throws IOException {
    if (!files.exists(FileNames.MINIMUM)) {
      return 0;
    }
    String text = new String(files.read(FileNames.MINIMUM), StandardCharsets.US_ASCII);
    try {
      long minimum = Long.parseLong(text.strip());
      if (minimum >= 0 && minimum % Tile.FULL == 0 && text.equals(minimum + "\n")) {
        return minimum;
      }
    } catch (NumberFormatException e) {
      throw new Damaged("the file minimum is no number", e);
    }
    throw new Damaged("the file minimum is no multiple of 256");
  }

  /**
   * @param below a multiple of 256
   */
  void prune(long below, long size) throws IOException {
    long minimum = minimum(files);
    if (below <= minimum) {
      return;
    }
    LogFiles.replace(files, FileNames.MINIMUM, (below + "\n").getBytes(StandardCharsets.US_ASCII));
    for (long index = minimum / Tile.FULL; index < below / Tile.FULL; index++) {
      delete(Tile.entries(index, Tile.FULL));
    }
    long wholeAbove = Tile.countAt(1, Math.min(below, size)) / Tile.FULL * Tile.FULL;
    long firstKept = Tile.countAt(1, minimum) / Tile.FULL * Tile.FULL;
    for (long index = firstKept; index < wholeAbove; index++) {
      delete(new Tile(0, index, Tile.FULL));
    }
  }

  /** With the directory its partial tiles were in, which is empty. */
  private void delete(Tile tile) throws IOException {
    files.delete(tile.partialDirectory());
    files.delete(tile.path());
  }
}
