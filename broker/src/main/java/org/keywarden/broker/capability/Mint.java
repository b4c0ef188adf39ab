package org.keywarden.broker.capability;

import java.nio.ByteBuffer;

/** Signs claims. Thread: any. */
public final class Mint {
  private final SigningKeys keys;

  /** Mints with the current one of these keys. */
  public Mint(SigningKeys keys) {
    this.keys = keys;
  }

  /**
   * Returns a token that says these claims and is valid in this context. Takes about 40
   * microseconds.
   */
  public Token mint(Claims claims, ImplicitContext context) {
    byte[] encoded = ClaimsCodec.encode(claims);
    return new Token(
        keys.seal(
            claims.expiresAt(),
            (keyId, signer) -> {
              byte[] signedPart = Envelope.signedPart(keyId, encoded);
              byte[] signature = signer.sign(Envelope.message(signedPart, context));
              return ByteBuffer.allocate(signedPart.length + signature.length)
                  .put(signedPart)
                  .put(signature)
                  .array();
            }));
  }
}
