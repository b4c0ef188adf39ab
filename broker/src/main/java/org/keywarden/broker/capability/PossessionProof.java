package org.keywarden.broker.capability;

import org.keywarden.proto.capability.Possession;

/**
 * Checks that a plugin holds the key it names. False for any bytes that are no signature; nothing
 * throws.
 */
public final class PossessionProof {
  private PossessionProof() {}

  /** Whether {@code Register.proof} holds on the connection with this nonce. */
  public static boolean verifyRegistration(HolderKey key, ConnectionNonce nonce, byte[] signature) {
    return key.verifies(Possession.toRegister(nonce.bytes(), key.raw()), signature);
  }

  /**
   * Whether {@code keywarden-proof-bin} holds for the token on the connection with this nonce. That
   * the token names this key is a check of its own: {@link VerifiedCapability#isHeldBy}.
   */
  public static boolean verify(
      HolderKey key, ConnectionNonce nonce, UnverifiedToken token, byte[] signature) {
    return key.verifies(Possession.toPresent(nonce.bytes(), token.bytes()), signature);
  }
}
