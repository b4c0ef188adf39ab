package org.keywarden.audit.tile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.merkle.Hash;
import org.keywarden.audit.merkle.ProofCheck;
import org.keywarden.audit.merkle.Rfc6962;
import org.keywarden.audit.merkle.TreeProofs;

final class TileTreeTest {
  private final Map<Tile, byte[]> tiles = new HashMap<>();
  private final List<Hash> leaves = new ArrayList<>();

  private TileTree grown(long size) {
    TileTree tree = new TileTree();
    for (long i = 0; i < size; i++) {
      Hash leaf = Rfc6962.leaf(Long.toString(i).getBytes(StandardCharsets.UTF_8));
      leaves.add(leaf);
      tree.append(leaf, tiles::put);
    }
    tree.partialTiles().forEach(tile -> tiles.put(tile, tree.bytes(tile)));
    return tree;
  }

  private byte[] read(Tile tile) throws IOException {
    byte[] bytes = tiles.get(tile);
    if (bytes == null) {
      throw new IOException("no tile " + tile);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 7, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 70_000})
  void rootIsThatOfTheDefinition(long size) throws IOException {
    TileTree tree = grown(size);
    assertEquals(Rfc6962.root(leaves), tree.root());
    assertEquals(tree.root(), TileTree.read(size, this::read).root());
    assertEquals(tree.root(), new TreeProofs(new TileHashes(size, this::read)).root(size));
  }

  @Test
  void treeOf70000HasTheTilesTheSpecificationNames() {
    grown(70_000);
    Set<String> paths = tiles.keySet().stream().map(Tile::path).collect(Collectors.toSet());
    assertEquals(273 + 1 + 1 + 1 + 1, paths.size());
    assertTrue(
        paths.containsAll(
            Set.of(
                "tile/0/272",
                "tile/0/273.p/112",
                "tile/1/000",
                "tile/1/001.p/17",
                "tile/2/000.p/1")));
  }

  @Test
  void treeGoesOnFromItsTiles() throws IOException {
    TileTree resumed = TileTree.read(grown(700).size(), this::read);
    Map<Tile, byte[]> later = new HashMap<>();
    for (int i = 700; i < 800; i++) {
      Hash leaf = Rfc6962.leaf(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
      leaves.add(leaf);
      resumed.append(leaf, later::put);
    }
    assertEquals(Rfc6962.root(leaves), resumed.root());
    assertEquals(Set.of(new Tile(0, 2, 256)), later.keySet());
  }

  @Test
  void everyProofHoldsAndNoOther() throws IOException {
    int size = 300;
    TileTree tree = grown(size);
    TreeProofs proofs = new TreeProofs(new TileHashes(size, this::read));
    for (int index = 0; index < size; index++) {
      List<Hash> path = proofs.inclusion(index, size);
      assertTrue(ProofCheck.inclusion(index, size, leaves.get(index), path, tree.root()));
      Hash other = leaves.get((index + 1) % size);
      assertFalse(ProofCheck.inclusion(index, size, other, path, tree.root()));
    }
    for (int older = 1; older <= size; older++) {
      List<Hash> proof = proofs.consistency(older, size);
      Hash root = Rfc6962.root(leaves.subList(0, older));
      assertTrue(ProofCheck.consistency(older, size, root, proof, tree.root()));
      assertFalse(ProofCheck.consistency(older, size, leaves.get(9), proof, tree.root()));
    }
  }

  @Test
  void pathsAreThoseOfTheSpecification() {
    assertEquals("tile/0/x001/x234/067", new Tile(0, 1_234_067, 256).path());
    assertEquals("tile/entries/x001/000.p/5", Tile.entries(1_000, 5).path());
    assertEquals("tile/3/000.p/255", new Tile(3, 0, 255).path());
    assertThrows(IllegalArgumentException.class, () -> new Tile(0, 0, 0));
  }

  @Test
  void bundlesAreReadBackAndNothingElseIs() throws Malformed {
    List<byte[]> entries = List.of(new byte[0], new byte[] {1, 2, 3}, new byte[65_535]);
    byte[] bytes = EntryBundle.encode(entries);
    List<byte[]> read = EntryBundle.decode(bytes, 3);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(entries.get(i), read.get(i));
    }
    assertThrows(Malformed.class, () -> EntryBundle.decode(bytes, 2));
    assertThrows(Malformed.class, () -> EntryBundle.decode(bytes, 4));
    assertThrows(
        IllegalArgumentException.class, () -> EntryBundle.encode(List.of(new byte[65_536])));
  }
}
