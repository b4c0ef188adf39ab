package org.keywarden.audit.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proofs of small trees, whole: each that holds, and each that is one number off. */
final class ProofEdgesTest {
  private static final int SIZE = 17;
  private static final int MOST = 54;

  private final List<Hash> leaves = new ArrayList<>();
  private final TreeProofs proofs = new TreeProofs(this::perfect);

  ProofEdgesTest() {
    for (int i = 0; i < MOST; i++) {
      leaves.add(Rfc6962.leaf(new byte[] {(byte) i}));
    }
  }

  private Hash perfect(int height, long index) {
    return root((int) index << height, ((int) index + 1) << height);
  }

  private Hash root(int start, int end) {
    return Rfc6962.root(leaves.subList(start, end));
  }

  @ParameterizedTest
  @CsvSource({"-1, 9", "9, 9", "0, 0"})
  void noEntryNoPath(long index, long size) {
    assertThrows(IllegalArgumentException.class, () -> proofs.inclusion(index, size));
    assertFalse(ProofCheck.inclusion(index, size, leaves.getFirst(), List.of(), root(0, 1)));
  }

  @ParameterizedTest
  @CsvSource({"0, 9", "-1, 9", "9, 8"})
  void noOlderTreeNoProof(long older, long newer) {
    assertThrows(IllegalArgumentException.class, () -> proofs.consistency(older, newer));
    assertFalse(ProofCheck.consistency(older, newer, root(0, 9), List.of(), root(0, 8)));
  }

  @Test
  void ofAllProofsTheOneOfTheseNumbersHolds() throws IOException {
    for (int size = 1; size <= SIZE; size++) {
      assertEquals(root(0, size), proofs.root(size));
      for (int index = 0; index < size; index++) {
        List<Hash> path = proofs.inclusion(index, size);
        for (int other = 0; other < size; other++) {
          assertEquals(
              other == index,
              ProofCheck.inclusion(other, size, leaves.get(index), path, root(0, size)));
        }
        List<Hash> longer = new ArrayList<>(path);
        longer.add(leaves.getFirst());
        assertFalse(ProofCheck.inclusion(index, size, leaves.get(index), longer, root(0, size)));
      }
      for (int older = 1; older <= size; older++) {
        List<Hash> proof = proofs.consistency(older, size);
        assertTrue(ProofCheck.consistency(older, size, root(0, older), proof, root(0, size)));
        List<Hash> longer = new ArrayList<>(proof);
        longer.add(leaves.getFirst());
        assertFalse(ProofCheck.consistency(older, size, root(0, older), longer, root(0, size)));
        if (!proof.isEmpty()) {
          List<Hash> shorter = proof.subList(0, proof.size() - 1);
          assertFalse(ProofCheck.consistency(older, size, root(0, older), shorter, root(0, size)));
        }
      }
    }
  }

  @Test
  void theEmptyTreeHasItsRootAndTheEmptySubtreeIsPartOfAll() throws IOException {
    assertEquals(Rfc6962.EMPTY_ROOT, proofs.root(0));
    Hash empty = Rfc6962.EMPTY_ROOT;
    for (int at : new int[] {0, 5, 9}) {
      assertTrue(ProofCheck.subtreeConsistency(at, at, 9, empty, List.of(), root(0, 9)));
      assertFalse(ProofCheck.subtreeConsistency(at, at, 9, leaves.get(0), List.of(), root(0, 9)));
      assertFalse(ProofCheck.subtreeConsistency(at, at, 9, empty, leaves, root(0, 9)));
    }
    assertFalse(ProofCheck.subtreeConsistency(10, 10, 9, empty, List.of(), root(0, 9)));
    assertFalse(ProofCheck.subtreeConsistency(-1, -1, 9, empty, List.of(), root(0, 9)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, true",
    "0, 9, true",
    "8, 9, true",
    "4, 8, true",
    "4, 6, true",
    "4, 7, true",
    "1, 3, false",
    "2, 5, false",
    "-1, 1, false",
    "3, 2, false",
    "1, 9, false",
  })
  void someRangesAreSubtrees(int start, int end, boolean subtree) {
    Hash root = start < 0 || start >= end ? leaves.getFirst() : root(start, end);
    List<Hash> path = start < 0 || start >= end ? List.of() : pathIn(start, end);
    Hash leaf = leaves.get(Math.max(start, 0));
    assertEquals(subtree, ProofCheck.subtreeInclusion(start, start, end, leaf, path, root));
    assertFalse(ProofCheck.subtreeInclusion(start - 1L, start, end, leaf, path, root));
  }

  private List<Hash> pathIn(int start, int end) {
    try {
      return new TreeProofs(
              (height, index) ->
                  root(start + ((int) index << height), start + (((int) index + 1) << height)))
          .inclusion(0, end - start);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** From the test vectors of RFC 6962's reference implementation. */
  @Test
  void leavesAndNodesDifferInTheirFirstByte() {
    assertEquals(
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        HexFormat.of().formatHex(Rfc6962.leaf(new byte[0]).bytes()));
    assertEquals(
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        HexFormat.of()
            .formatHex(Rfc6962.node(Rfc6962.leaf(new byte[0]), Rfc6962.leaf(new byte[1])).bytes()));
  }

  @Test
  void whatBeginsBeforeTheFirstEntryIsNoSubtree() {
    Hash pair = Rfc6962.node(leaves.get(0), leaves.get(1));
    List<Hash> path = List.of(leaves.get(1));
    assertTrue(ProofCheck.subtreeInclusion(0, 0, 2, leaves.get(0), path, pair));
    assertFalse(ProofCheck.subtreeInclusion(-2, -2, 0, leaves.get(0), path, pair));
  }

  @Test
  void ofAllRangesThoseThatAreSubtreesAreShownToBePartOfTheTree() {
    int shown = 0;
    for (int size = 1; size <= SIZE; size++) {
      for (int start = 0; start < size; start++) {
        for (int end = start + 1; end <= size; end++) {
          int ceiling = 1;
          while (ceiling < end - start) {
            ceiling *= 2;
          }
          boolean subtree = start % ceiling == 0;
          List<Hash> proof = subtree ? partOf(start, end, 0, size, true) : List.of();
          Hash part = root(start, end);
          Hash whole = root(0, size);
          assertEquals(
              subtree, ProofCheck.subtreeConsistency(start, end, size, part, proof, whole));
          assertFalse(
              ProofCheck.subtreeConsistency(start, end, size, Rfc6962.EMPTY_ROOT, proof, whole));
          assertFalse(
              ProofCheck.subtreeConsistency(start, end, size, part, proof, Rfc6962.EMPTY_ROOT));
          shown += subtree ? 1 : 0;
        }
      }
    }
    assertTrue(shown > 100);
  }

  @Test
  void aSubtreeFarFromTheEdgeIsShownToo() {
    List<Hash> proof = partOf(32, 53, 0, MOST, true);
    assertTrue(ProofCheck.subtreeConsistency(32, 53, MOST, root(32, 53), proof, root(0, MOST)));
    assertFalse(ProofCheck.subtreeConsistency(32, 53, MOST, root(32, 52), proof, root(0, MOST)));
  }

  /** The draft's SUBTREE_SUBPROOF, of the tree over these entries. */
  private List<Hash> partOf(int start, int end, int from, int to, boolean known) {
    if (start == from && end == to) {
      return known ? List.of() : List.of(root(from, to));
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    List<Hash> proof = new ArrayList<>();
    if (end <= middle) {
      proof.addAll(partOf(start, end, from, middle, known));
      proof.add(root(middle, to));
    } else if (start >= middle) {
      proof.addAll(partOf(start, end, middle, to, known));
      proof.add(root(from, middle));
    } else {
      proof.addAll(partOf(middle, end, middle, to, false));
      proof.add(root(from, middle));
    }
    return proof;
  }
}
