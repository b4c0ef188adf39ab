package org.keywarden.audit.merkle;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes roots and proofs of RFC 6962, sections 2.1, 2.1.1 and 2.1.2, from the hashes of perfect
 * subtrees.
 */
public final class TreeProofs {
  private final SubtreeHashes hashes;

  public TreeProofs(SubtreeHashes hashes) {
    this.hashes = hashes;
  }

  /**
   * Returns the root of the tree over the first entries.
   *
   * @param size 0 or more
   */
  public Hash root(long size) throws IOException {
    return size == 0 ? Rfc6962.EMPTY_ROOT : range(0, size);
  }

  /**
   * Returns what a {@link Frontier} over the first entries holds.
   *
   * @param size 0 or more
   */
  public List<Hash> frontier(long size) throws IOException {
    List<Hash> roots = new ArrayList<>();
    for (long left = 0; left < size; ) {
      int height = Long.numberOfTrailingZeros(Long.highestOneBit(size - left));
      roots.add(hashes.hash(height, left >>> height));
      left += 1L << height;
    }
    return roots;
  }

  /**
   * Returns the audit path of an entry, the leaf's sibling first.
   *
   * @throws IllegalArgumentException unless {@code 0 <= index < size}
   */
  public List<Hash> inclusion(long index, long size) throws IOException {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("no entry " + index + " in a tree of size " + size);
    }
    List<Hash> proof = new ArrayList<>();
    path(index, 0, size, proof);
    return proof;
  }

  /**
   * Returns the proof that the tree of the newer size extends that of the older.
   *
   * @throws IllegalArgumentException unless {@code 0 < older <= newer}
   */
  public List<Hash> consistency(long older, long newer) throws IOException {
    if (older <= 0 || older > newer) {
      throw new IllegalArgumentException(
          "no consistency proof from size " + older + " to size " + newer);
    }
    List<Hash> proof = new ArrayList<>();
    subproof(older, 0, newer, true, proof);
    return proof;
  }

  private void path(long index, long start, long end, List<Hash> proof) throws IOException {
    if (end - start == 1) {
      return;
    }
    long middle = start + split(end - start);
    if (index < middle) {
      path(index, start, middle, proof);
      proof.add(range(middle, end));
    } else {
      path(index, middle, end, proof);
      proof.add(range(start, middle));
    }
  }

  private void subproof(long older, long start, long end, boolean whole, List<Hash> proof)
      throws IOException {
    if (older == end) {
      if (!whole) {
        proof.add(range(start, end));
      }
      return;
    }
    long middle = start + split(end - start);
    if (older <= middle) {
      subproof(older, start, middle, whole, proof);
      proof.add(range(middle, end));
    } else {
      subproof(older, middle, end, false, proof);
      proof.add(range(start, middle));
    }
  }

  private Hash range(long start, long end) throws IOException {
    long size = end - start;
    if (Long.bitCount(size) == 1) {
      int height = Long.numberOfTrailingZeros(size);
      return hashes.hash(height, start >>> height);
    }
    long middle = start + split(size);
    return Rfc6962.node(range(start, middle), range(middle, end));
  }

  /** The largest power of two below a size of at least 2. */
  private static long split(long size) {
    return Long.highestOneBit(size - 1);
  }
}
