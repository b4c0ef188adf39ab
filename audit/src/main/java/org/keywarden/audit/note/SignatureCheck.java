package org.keywarden.audit.note;

/** Verifies raw Ed25519 signatures. */
@FunctionalInterface
public interface SignatureCheck {
  /**
   * Whether the signature holds; false for any bytes that are none.
   *
   * @param publicKey 32 bytes (RFC 8032)
   */
  boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
