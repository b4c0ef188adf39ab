package org.keywarden.audit.merkle;

import java.io.IOException;

/** Where the hashes of perfect subtrees come from. */
@FunctionalInterface
public interface SubtreeHashes {
  /**
   * Returns the root of the perfect subtree over the leaves {@code index << height} up to {@code
   * (index + 1) << height}, exclusive.
   *
   * @param height 0 for a leaf, at most 62
   * @throws IOException if it cannot be had; the message names the place
   */
  Hash hash(int height, long index) throws IOException;
}
