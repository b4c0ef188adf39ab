package org.keywarden.broker.capability;

/** Capabilities for tests that are not about signatures. */
public final class TestCapabilities {
  private TestCapabilities() {}

  /** Returns a capability with these claims, unsigned. */
  public static VerifiedCapability verified(Claims claims) {
    return new VerifiedCapability(claims);
  }
}
