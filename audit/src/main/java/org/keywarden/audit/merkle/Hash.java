package org.keywarden.audit.merkle;

import java.util.Arrays;
import java.util.Base64;

/** A SHA-256 hash: 32 bytes. */
public final class Hash {
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the hash with a copy of these bytes.
   *
   * @throws IllegalArgumentException if they are not 32
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** Returns the hash at this offset of a concatenation of hashes. */
  public static Hash at(byte[] hashes, int offset) {
    return new Hash(Arrays.copyOfRange(hashes, offset, offset + BYTES));
  }

  /** Takes the array over: the caller must not keep it. */
  static Hash taking(byte[] bytes) {
    return new Hash(bytes);
  }

  /** Returns the 32 bytes, a new array. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Writes the 32 bytes at this offset. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, BYTES);
  }

  byte[] shared() {
    return bytes;
  }

  /** Standard Base64 with padding (RFC 4648, section 4), as in checkpoints and proofs. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64();
  }
}
