package org.keywarden.audit.log;

import java.io.IOException;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.record.RecordCodec;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.EntryBundle;
import org.keywarden.audit.tile.Tile;

/** Which entries are too old to be kept. */
public final class Retention {
  private Retention() {}

  /**
   * Finds the first bundle that is kept: the oldest of those whose newest entry is not too old,
   * that are not full, or are not under the published checkpoint.
   *
   * @param before entries from before this time, in s since 1970, are too old
   * @param most bundles to look at, so that it does not take long
   * @return its first index, a multiple of 256; 0 if nothing is there that is too old
   * @throws Damaged if the log is
   */
  public static long firstKept(LogSource files, long before, int most) throws IOException {
    long minimum = Pruning.minimum(files);
    long first = minimum;
    try {
      long size =
          Checkpoint.parse(SignedNote.parse(files.read(FileNames.CHECKPOINT)).text()).size();
      for (int looked = 0; looked < most && first + Tile.FULL <= size; looked++) {
        String path = Tile.entries(first / Tile.FULL, Tile.FULL).path();
        if (!files.exists(path) || newest(files.read(path)) >= before) {
          break;
        }
        first += Tile.FULL;
      }
      return first > minimum ? first : 0;
    } catch (Malformed e) {
      throw new Damaged("the checkpoint or an entry is damaged: " + e.reason(), e);
    }
  }

  /** Entries are in the order of their time, unless somebody set the clock. */
  private static long newest(byte[] bytes) throws Malformed {
    long newest = 0;
    for (byte[] entry : EntryBundle.decode(bytes, Tile.FULL)) {
      newest = Math.max(newest, RecordCodec.decode(entry).getTime());
    }
    return newest;
  }
}
