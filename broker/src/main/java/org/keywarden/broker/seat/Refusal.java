package org.keywarden.broker.seat;

/** Why something a plugin did had no effect. */
public enum Refusal {
  RIGHT_NOT_HELD,
  /** No recent key or click of the user pays for it. */
  NO_CAUSE,
  TEXT_NOT_ALLOWED,
  OUT_OF_BOUNDS,
  /** A forwarded key that is not the key being answered. */
  NOT_THE_KEY,
  /** An answer to no pending key, or out of order, or too late. */
  NO_SUCH_KEY,
  /** The gate: not live for the focused field. */
  NOT_LIVE,
  /** A second stream on one grant. */
  IN_USE,
  /** A derivation that is not narrower, or one too many. */
  NOT_NARROWER
}
