package org.keywarden.broker.capability;

/** A token the mint made. Whoever shows its bytes still has to prove that they hold its key. */
public final class Token {
  private final byte[] bytes;

  Token(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** Returns the envelope, a new array of at most {@link UnverifiedToken#MAX_BYTES}. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The size only: a token is a credential and does not belong into a log. */
  @Override
  public String toString() {
    return "Token[" + bytes.length + " bytes]";
  }
}
