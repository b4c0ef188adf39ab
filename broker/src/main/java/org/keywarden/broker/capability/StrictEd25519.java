package org.keywarden.broker.capability;

import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 (RFC 8032) with one strict verifier. A signature is accepted only if
 *
 * <ul>
 *   <li>the public key A is canonically encoded, in the subgroup of prime order, and not its
 *       neutral element;
 *   <li>so is the point R of the signature;
 *   <li>the scalar S is less than the order of that subgroup;
 *   <li>the verification equation holds.
 * </ul>
 *
 * <p>With both points in the subgroup the equation with and without the cofactor are the same, so
 * there is nothing left for two verifiers to disagree on. See {@code
 * docs/decisions/0001-strict-ed25519.md}.
 */
final class StrictEd25519 {
  static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;
  static final int PUBLIC_KEY_BYTES = Ed25519.PUBLIC_KEY_SIZE;
  static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

  private StrictEd25519() {}

  /** A public key that passed the check. */
  static final class PublicKey {
    private final byte[] raw;
    private final Ed25519.PublicPoint point;

    private PublicKey(byte[] raw, Ed25519.PublicPoint point) {
      this.raw = raw;
      this.point = point;
    }

    /** Returns the 32 bytes, a new array. */
    byte[] raw() {
      return raw.clone();
    }
  }

  /**
   * Returns the key, or empty if the bytes are not one to accept. Costs about as much as a
   * verification.
   */
  static Optional<PublicKey> publicKey(byte[] raw) {
    if (raw.length != PUBLIC_KEY_BYTES) {
      return Optional.empty();
    }
    byte[] copy = raw.clone();
    Ed25519.@Nullable PublicPoint point = Ed25519.validatePublicKeyFullExport(copy, 0);
    return point == null ? Optional.empty() : Optional.of(new PublicKey(copy, point));
  }

  /** Whether the signature holds; false for any bytes that are none. */
  static boolean verify(PublicKey key, byte[] message, byte[] signature) {
    return signature.length == SIGNATURE_BYTES
        && Ed25519.verify(signature, 0, key.point, message, 0, message.length)
        && Ed25519.validatePublicKeyFull(signature, 0);
  }

  /** Returns the raw public key of a seed. */
  static byte[] publicKeyOf(byte[] seed) {
    byte[] raw = new byte[PUBLIC_KEY_BYTES];
    Ed25519.generatePublicKey(seed, 0, raw, 0);
    return raw;
  }

  /** Signs with a seed and the raw public key that belongs to it. */
  static byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
    byte[] signature = new byte[SIGNATURE_BYTES];
    Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
    return signature;
  }
}
