package org.keywarden.ime;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The key whose possession this process proves; made at start, never stored.
 *
 * <p>Bouncy Castle's Ed25519 signs a challenge in a quarter of the time the JDK's takes while it is
 * not yet compiled, and a person waits for the signature at every change of focus.
 */
final class HolderKey {
  private final byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
  private final byte[] raw = new byte[Ed25519.PUBLIC_KEY_SIZE];

  HolderKey() {
    Ed25519.generatePrivateKey(new SecureRandom(), seed);
    Ed25519.generatePublicKey(seed, 0, raw, 0);
  }

  /** The raw public key (RFC 8032). */
  byte[] raw() {
    return raw.clone();
  }

  /** The signature (RFC 8032, Ed25519). */
  byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, raw, 0, message, 0, message.length, signature, 0);
    return signature;
  }
}
