package org.keywarden.broker.capability;

/** The outcome of verifying a token. */
public sealed interface Verification {
  /** The token holds. */
  record Verified(VerifiedCapability capability) implements Verification {}

  /** The token does not hold. */
  record Rejected(Rejection reason) implements Verification {}
}
