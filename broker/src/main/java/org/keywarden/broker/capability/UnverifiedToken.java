package org.keywarden.broker.capability;

import java.util.Optional;

/** Bytes that a peer says are a token: bounded in size, nothing else is known about them. */
public final class UnverifiedToken {
  /** Largest token. */
  public static final int MAX_BYTES = 2048;

  private final byte[] bytes;

  private UnverifiedToken(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns a copy of the bytes as a token to verify, or empty if there are more than {@link
   * #MAX_BYTES}.
   */
  public static Optional<UnverifiedToken> of(byte[] bytes) {
    return bytes.length > MAX_BYTES
        ? Optional.empty()
        : Optional.of(new UnverifiedToken(bytes.clone()));
  }

  /** Returns the bytes, a new array. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The size only: a token is a credential and does not belong into a log. */
  @Override
  public String toString() {
    return "UnverifiedToken[" + bytes.length + " bytes]";
  }
}
