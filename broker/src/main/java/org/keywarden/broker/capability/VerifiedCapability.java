package org.keywarden.broker.capability;

/**
 * Claims that the verifier found signed by this broker, for this connection, at this time. Only
 * {@link Verifier} makes one. That its grant is still live, and that its presenter holds the key,
 * is for the caller to check.
 */
public final class VerifiedCapability {
  private final Claims claims;

  VerifiedCapability(Claims claims) {
    this.claims = claims;
  }

  /** Returns what the token says. */
  public Claims claims() {
    return claims;
  }

  /** Whether the token names this key as its holder's. */
  public boolean isHeldBy(HolderKey key) {
    return claims.holder().equals(key.thumbprint());
  }

  @Override
  public String toString() {
    return "VerifiedCapability[" + claims + "]";
  }
}
