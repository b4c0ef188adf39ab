package org.keywarden.broker.capability;

import java.util.Optional;

/** The public key a plugin registered: checked once, then used for every proof of possession. */
public final class HolderKey {
  private final StrictEd25519.PublicKey key;
  private final Digest thumbprint;

  private HolderKey(StrictEd25519.PublicKey key) {
    this.key = key;
    this.thumbprint = Digest.sha256(key.raw());
  }

  /**
   * Returns the key, or empty unless the bytes are a raw Ed25519 public key that passes full
   * validation.
   */
  public static Optional<HolderKey> parse(byte[] raw) {
    return StrictEd25519.publicKey(raw).map(HolderKey::new);
  }

  /** Returns the SHA-256 of the raw key, which tokens name their holder by. */
  public Digest thumbprint() {
    return thumbprint;
  }

  /** Returns the raw key, a new array of 32 bytes. */
  public byte[] raw() {
    return key.raw();
  }

  boolean verifies(byte[] message, byte[] signature) {
    return StrictEd25519.verify(key, message, signature);
  }
}
