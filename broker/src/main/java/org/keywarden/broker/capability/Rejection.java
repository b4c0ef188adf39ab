package org.keywarden.broker.capability;

/**
 * Why a token was rejected, in the order of the checks; {@code docs/capability-format.md} says what
 * each means.
 */
public enum Rejection {
  /** Too short, or the length field does not match the bytes. */
  MALFORMED,
  /** The version is not 1. */
  VERSION_UNKNOWN,
  /** No current or retired signing key of this broker has the key id. */
  KEY_UNKNOWN,
  /** The signature does not hold for these bytes in this context. */
  SIGNATURE_INVALID,
  /** The claims do not decode as protobuf. */
  CLAIMS_UNREADABLE,
  /** A claim is missing, out of range, too long or not known. */
  CLAIMS_INVALID,
  /**
   * Serialising the decoded claims gives other bytes: unknown field, other order, longer encoding.
   */
  CLAIMS_NOT_CANONICAL,
  /** It was issued after now. */
  NOT_YET_VALID,
  /** Its expiry has come. */
  EXPIRED
}
