package org.keywarden.audit.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.Rfc6962;

/** Tiles and bundles at the edge of what each may be. */
final class TileEdgesTest {
  private static Hash leaf(long number) {
    return Rfc6962.leaf(new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)});
  }

  @ParameterizedTest
  @CsvSource({"-2, 0, 1", "8, 0, 1", "0, -1, 1", "0, 0, 0", "0, 0, 257"})
  void isNoTile(int level, long index, int width) {
    assertThrows(IllegalArgumentException.class, () -> new Tile(level, index, width));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 1, tile/entries/000.p/1",
    "-1, 2, 256, tile/entries/002",
    "0, 1, 256, tile/0/001",
    "1, 1, 2, tile/1/001.p/2",
    "0, 999, 256, tile/0/999",
    "0, 1000, 256, tile/0/x001/000",
    "0, 1000000, 256, tile/0/x001/x000/000",
  })
  void isATile(int level, long index, int width, String path) {
    Tile tile = new Tile(level, index, width);
    assertEquals(path, tile.path());
    assertEquals(path, tile.toString());
    assertEquals(width == 256, tile.isFull());
    assertTrue(tile.full().isFull());
    assertEquals(path.replaceAll("\\.p/.*", "") + ".p", tile.partialDirectory());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, 256",
    "0, 0, 257, 256",
    "0, 1, 257, 1",
    "1, 0, 65535, 255",
    "-1, 1, 300, 44"
  })
  void inATreeATileIsAsWideAsThereAreEntries(int level, long index, long size, int width) {
    assertEquals(width, Tile.in(level, index, size).width());
  }

  @Test
  void entriesAreCutWhereTheyEndAndTheErrorSaysWhere() {
    byte[] bytes = EntryBundle.encode(List.of(new byte[0], new byte[300]));
    assertEquals(304, bytes.length);
    assertEquals(1, bytes[2]);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThrows(Malformed.class, () -> EntryBundle.decode(cut, 2));
    }
    assertEquals("ends at byte 1 after 0 of 2 entries", told(java.util.Arrays.copyOf(bytes, 1), 2));
    assertEquals(
        "entry 1 at byte 2 says 300 bytes, but 299 follow",
        told(java.util.Arrays.copyOf(bytes, 303), 2));
    assertEquals("302 bytes follow the last of 1 entries", told(bytes, 1));
  }

  @Test
  void theLastEntryMayBeEmpty() throws Malformed {
    byte[] bytes = EntryBundle.encode(List.of(new byte[1], new byte[0]));
    assertEquals(0, EntryBundle.decode(bytes, 2).getLast().length);
  }

  private static String told(byte[] bytes, int width) {
    return assertThrows(Malformed.class, () -> EntryBundle.decode(bytes, width)).reason();
  }

  @Test
  void aTreeIsMadeOfItsFullTilesToo() throws IOException {
    TileTree whole = new TileTree();
    List<byte[]> full = new ArrayList<>();
    for (int i = 0; i < 3 * 256; i++) {
      whole.append(leaf(i), (tile, hashes) -> full.add(hashes));
    }
    assertEquals(3, full.size());
    List<Tile> read = new ArrayList<>();
    TileTree again =
        TileTree.fromFullTiles(
            512,
            tile -> {
              read.add(tile);
              return full.get((int) tile.index());
            });
    assertEquals(List.of(new Tile(0, 0, 256), new Tile(0, 1, 256)), read);
    assertEquals(512, again.size());
    again.appendFull(TileTree.rootOf(full.get(2)), (tile, hashes) -> {});
    assertEquals(whole.root(), again.root());
    assertEquals(768, again.size());
    again.append(leaf(768), (tile, hashes) -> {});
    assertThrows(
        IllegalStateException.class, () -> again.appendFull(leaf(0), (tile, hashes) -> {}));
  }

  @Test
  void partialTilesAreThoseThatAreNotFull() {
    TileTree tree = new TileTree();
    assertEquals(List.of(), tree.partialTiles());
    for (int i = 0; i < 256; i++) {
      tree.append(leaf(i), (tile, hashes) -> {});
    }
    assertEquals(List.of(new Tile(1, 0, 1)), tree.partialTiles());
    assertEquals(32, tree.bytes(new Tile(1, 0, 1)).length);
    tree.append(leaf(256), (tile, hashes) -> {});
    assertEquals(List.of(new Tile(0, 1, 1), new Tile(1, 0, 1)), tree.partialTiles());
    assertArrayEquals(leaf(256).bytes(), tree.bytes(new Tile(0, 1, 1)));
  }

  @Test
  void aTileIsReadOnceAndSixtyFourAreKept() throws IOException {
    List<Tile> read = new ArrayList<>();
    TileHashes hashes =
        new TileHashes(
            66 * 256,
            tile -> {
              read.add(tile);
              return new byte[tile.width() * Hash.BYTES];
            });
    for (int i = 0; i < 64; i++) {
      hashes.hash(0, i * 256L);
      hashes.hash(3, i * 32L);
    }
    assertEquals(64, read.size());
    hashes.hash(0, 0);
    assertEquals(64, read.size());
    hashes.hash(0, 64 * 256L);
    hashes.hash(0, 0);
    assertEquals(65, read.size(), "what was used last is kept");
    hashes.hash(0, 256);
    assertEquals(66, read.size(), "what was not used longest is not");
  }

  @Test
  void aTileOfAnotherLengthIsNone() {
    TileHashes hashes = new TileHashes(3, tile -> new byte[2 * Hash.BYTES]);
    IOException refused = assertThrows(IOException.class, () -> hashes.hash(0, 0));
    assertEquals("tile tile/0/000.p/3 has 64 bytes, not 96", refused.getMessage());
  }

  @Test
  void hashesAreThirtyTwoBytesAndNobodyElses() {
    byte[] bytes = new byte[32];
    Hash hash = Hash.of(bytes);
    bytes[0] = 1;
    hash.bytes()[1] = 1;
    assertEquals(Hash.of(new byte[32]), hash);
    assertEquals(hash.hashCode(), Hash.of(new byte[32]).hashCode());
    assertFalse(hash.equals(Hash.of(bytes)));
    assertFalse(hash.hashCode() == Hash.of(bytes).hashCode());
    assertEquals(hash.base64(), hash.toString());
    assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[33]));
  }
}
