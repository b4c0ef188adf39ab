package org.keywarden.audit.verify;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.tile.Tile;
import org.keywarden.proto.audit.v1.Record;

/**
 * What could be found out about one bundle by itself, before it is its turn.
 *
 * @param leaves hashes of the entries, or the stored ones where an entry cannot be read
 * @param root of the leaves, if they fill a tile
 * @param outcomes what each entry says
 * @param problems what is wrong
 */
record CheckedBundle(
    Tile tile, List<Hash> leaves, @Nullable Hash root, List<Outcome> outcomes, Problems problems) {
  /** An entry as a record, or why it is none. */
  sealed interface Outcome {}

  /** A record. */
  record Said(Record record) implements Outcome {}

  /** No record. */
  record Wrong(String reason) implements Outcome {}

  long first() {
    return tile.index() * Tile.FULL;
  }
}
