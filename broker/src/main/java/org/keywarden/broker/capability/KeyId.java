package org.keywarden.broker.capability;

import java.util.HexFormat;

/**
 * Names a signing key in a token's envelope.
 *
 * @param value the first 8 bytes of the SHA-256 of the raw public key, big endian
 */
public record KeyId(long value) {
  /** Size in the envelope. */
  static final int BYTES = Long.BYTES;

  static KeyId of(byte[] publicKey) {
    return new KeyId(Digest.sha256(publicKey).a());
  }

  /** The 8 bytes in hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
