package org.keywarden.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a tree that only grows: the roots of its largest perfect subtrees, one for each
 * bit of its size. Enough to append to it and to know its root; at most 63 hashes.
 *
 * <p>Thread: one.
 */
public final class Frontier {
  private final List<Hash> roots;
  private long size;

  /** A tree without entries. */
  public Frontier() {
    this.roots = new ArrayList<>();
  }

  /**
   * Takes a tree up.
   *
   * @param size its entries
   * @param roots of its perfect subtrees, the largest first
   * @throws IllegalArgumentException if there is not one for each bit of the size
   */
  public Frontier(long size, List<Hash> roots) {
    if (size < 0 || Long.bitCount(size) != roots.size()) {
      throw new IllegalArgumentException(
          "the frontier of a tree of size " + size + " has not " + roots.size() + " hashes");
    }
    this.size = size;
    this.roots = new ArrayList<>(roots);
  }

  /** Appends an entry's hash. */
  public void append(Hash leaf) {
    Hash hash = leaf;
    for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
      hash = Rfc6962.node(roots.removeLast(), hash);
    }
    roots.add(hash);
    size++;
  }

  /** Number of entries. */
  public long size() {
    return size;
  }

  /** The roots of the perfect subtrees, the largest first. */
  public List<Hash> roots() {
    return List.copyOf(roots);
  }

  /** The root of all entries (RFC 6962, section 2.1). */
  public Hash root() {
    if (roots.isEmpty()) {
      return Rfc6962.EMPTY_ROOT;
    }
    Hash right = roots.getLast();
    for (int i = roots.size() - 2; i >= 0; i--) {
      right = Rfc6962.node(roots.get(i), right);
    }
    return right;
  }
}
