package org.keywarden.audit.signer;

import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.note.SignatureCheck;

/**
 * Verifies Ed25519 strictly, by the same rules as the broker's tokens: both points canonical, in
 * the subgroup of prime order and not neutral ({@code docs/decisions/0001-strict-ed25519.md}).
 * Whatever it accepts, every verifier of RFC 8032 accepts.
 */
public final class Ed25519Check implements SignatureCheck {
  @Override
  public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (publicKey.length != Ed25519.PUBLIC_KEY_SIZE || signature.length != Ed25519.SIGNATURE_SIZE) {
      return false;
    }
    Ed25519.@Nullable PublicPoint point = Ed25519.validatePublicKeyFullExport(publicKey, 0);
    return point != null
        && Ed25519.verify(signature, 0, point, message, 0, message.length)
        && Ed25519.validatePublicKeyFull(signature, 0);
  }
}
