package org.keywarden.audit.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Hashes of RFC 6962, section 2.1: leaves and inner nodes differ in their first byte, so that one
 * cannot be passed off as the other.
 */
public final class Rfc6962 {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(
          () -> {
            try {
              return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
              throw new IllegalStateException("every Java platform has SHA-256", e);
            }
          });

  /** The root of the tree without entries. */
  public static final Hash EMPTY_ROOT = Hash.taking(SHA_256.get().digest());

  private Rfc6962() {}

  /** Returns the hash of an entry. */
  public static Hash leaf(byte[] entry) {
    MessageDigest digest = SHA_256.get();
    digest.update(LEAF);
    return Hash.taking(digest.digest(entry));
  }

  /** Returns the hash of the node above these two. */
  public static Hash node(Hash left, Hash right) {
    MessageDigest digest = SHA_256.get();
    digest.update(NODE);
    digest.update(left.shared());
    return Hash.taking(digest.digest(right.shared()));
  }

  /** Returns the root of the tree over these leaf hashes. */
  public static Hash root(List<Hash> leaves) {
    if (leaves.isEmpty()) {
      return EMPTY_ROOT;
    }
    if (leaves.size() == 1) {
      return leaves.getFirst();
    }
    int left = Integer.highestOneBit(leaves.size() - 1);
    return node(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
  }
}
