package org.keywarden.broker.capability;

/**
 * A token that held: signature, context, form and time were checked. Only the verifier makes one,
 * so to have one is to know.
 */
public final class VerifiedCapability {
  private final Claims claims;

  VerifiedCapability(Claims claims) {
    this.claims = claims;
  }

  /** What the token says. */
  public Claims claims() {
    return claims;
  }

  @Override
  public String toString() {
    return "VerifiedCapability[" + claims.id() + "]";
  }
}
