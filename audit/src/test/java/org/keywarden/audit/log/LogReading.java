package org.keywarden.audit.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.merkle.TreeProofs;
import org.keywarden.audit.note.Checkpoint;
import org.keywarden.audit.note.SignedNote;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.store.LogSource;
import org.keywarden.audit.tile.EntryBundle;
import org.keywarden.audit.tile.Tile;
import org.keywarden.audit.tile.TileHashes;

/** Reads a published log the way a stranger would: checkpoint, tiles, bundles. */
final class LogReading {
  private LogReading() {}

  static Checkpoint checkpoint(LogSource files) throws IOException, Malformed {
    SignedNote note = SignedNote.parse(files.read("checkpoint"));
    assertTrue(
        note.signedBy(List.of(TestLog.SIGNER.key()), new Ed25519Check()).isPresent(),
        "the checkpoint's signature");
    return Checkpoint.parse(note.text());
  }

  /** The entries of the published log from {@code first} on, after checking everything. */
  static List<byte[]> entries(LogSource files, long first) throws IOException, Malformed {
    Checkpoint checkpoint = checkpoint(files);
    long size = checkpoint.size();
    TreeProofs proofs = new TreeProofs(new TileHashes(size, tile -> files.read(tile.path())));
    assertEquals(checkpoint.root(), proofs.root(size));
    List<byte[]> entries = new ArrayList<>();
    List<Hash> leaves = new ArrayList<>();
    for (long index = first / Tile.FULL; index * Tile.FULL < size; index++) {
      Tile tile = Tile.in(Tile.ENTRIES, index, size);
      List<byte[]> bundle = EntryBundle.decode(files.read(tile.path()), tile.width());
      byte[] hashes = files.read(new Tile(0, index, tile.width()).path());
      for (int i = 0; i < bundle.size(); i++) {
        Hash leaf = Rfc6962.leaf(bundle.get(i));
        assertEquals(Hash.at(hashes, i * Hash.BYTES), leaf);
        leaves.add(leaf);
      }
      entries.addAll(bundle);
    }
    if (first == 0) {
      assertEquals(checkpoint.root(), Rfc6962.root(leaves));
    }
    return entries;
  }

  static void assertBeginsWith(List<byte[]> expected, List<byte[]> entries) {
    assertTrue(entries.size() >= expected.size(), expected.size() + " confirmed");
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), entries.get(i), "entry " + i);
    }
  }

  static byte[] entry(long index) {
    return ("entry " + index + " ").repeat((int) (index % 7) + 1).getBytes(StandardCharsets.UTF_8);
  }
}
