package org.keywarden.audit.merkle;

import java.util.List;

/**
 * Verifies proofs of RFC 6962 by the algorithms of RFC 9162, sections 2.1.3.2 and 2.1.4.2, and, for
 * subtrees, of draft-ietf-plants-merkle-tree-certs, sections 4.3.2 and 4.4.3. Any input gives a
 * verdict.
 */
public final class ProofCheck {
  private ProofCheck() {}

  /** Whether the proof shows this leaf at this index of the tree of this size and root. */
  public static boolean inclusion(long index, long size, Hash leaf, List<Hash> proof, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    Hash hash = leaf;
    for (Hash next : proof) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        hash = Rfc6962.node(next, hash);
        int shift = fn == 0 ? 0 : Long.numberOfTrailingZeros(fn);
        fn >>= shift;
        sn >>= shift;
      } else {
        hash = Rfc6962.node(hash, next);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && hash.equals(root);
  }

  /** Whether the proof shows that the newer tree extends the older. The older must have entries. */
  public static boolean consistency(
      long older, long newer, Hash olderRoot, List<Hash> proof, Hash newerRoot) {
    return older > 0 && subtreeConsistency(0, older, newer, olderRoot, proof, newerRoot);
  }

  /**
   * Whether the proof shows this leaf at this index of the subtree over the entries from start to
   * end, exclusive.
   */
  public static boolean subtreeInclusion(
      long index, long start, long end, Hash leaf, List<Hash> proof, Hash root) {
    return isSubtree(start, end)
        && index >= start
        && inclusion(index - start, end - start, leaf, proof, root);
  }

  /**
   * Whether the proof shows that the subtree is part of the tree of this size and root. The subtree
   * without entries is part of every tree.
   */
  public static boolean subtreeConsistency(
      long start, long end, long size, Hash subtree, List<Hash> proof, Hash root) {
    if (start >= 0 && start == end && end <= size) {
      return subtree.equals(Rfc6962.EMPTY_ROOT) && proof.isEmpty();
    }
    if (!isSubtree(start, end) || end > size) {
      return false;
    }
    long last = end - 1;
    int shift =
        end == size
            ? Long.SIZE - Long.numberOfLeadingZeros(start ^ last)
            : Math.min(
                Long.numberOfTrailingZeros(~last),
                Long.SIZE - Long.numberOfLeadingZeros(start ^ last));
    long fn = start >> shift;
    long sn = last >> shift;
    long tn = (size - 1) >> shift;
    List<Hash> rest = proof;
    Hash seed = subtree;
    if (fn != sn) {
      if (proof.isEmpty()) {
        return false;
      }
      seed = proof.getFirst();
      rest = proof.subList(1, proof.size());
    }
    return climb(fn, sn, tn, seed, rest, subtree, root);
  }

  private static boolean climb(
      long first, long last, long top, Hash seed, List<Hash> proof, Hash subtree, Hash root) {
    long fn = first;
    long sn = last;
    long tn = top;
    Hash fr = seed;
    Hash sr = seed;
    for (Hash next : proof) {
      if (tn == 0) {
        return false;
      }
      if ((sn & 1) == 1 || sn == tn) {
        if (fn < sn) {
          fr = Rfc6962.node(next, fr);
        }
        sr = Rfc6962.node(next, sr);
        int shift = sn == 0 ? 0 : Long.numberOfTrailingZeros(sn);
        fn >>= shift;
        sn >>= shift;
        tn >>= shift;
      } else {
        sr = Rfc6962.node(sr, next);
      }
      fn >>= 1;
      sn >>= 1;
      tn >>= 1;
    }
    return tn == 0 && fr.equals(subtree) && sr.equals(root);
  }

  /** Whether some tree has a node, perfect or at the right edge, over exactly these entries. */
  private static boolean isSubtree(long start, long end) {
    if (start < 0 || start >= end) {
      return false;
    }
    long size = end - start;
    long ceiling = size == 1 ? 1 : Long.highestOneBit(size - 1) << 1;
    return ceiling > 0 && (start & (ceiling - 1)) == 0;
  }
}
