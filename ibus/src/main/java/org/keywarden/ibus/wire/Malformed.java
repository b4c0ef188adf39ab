package org.keywarden.ibus.wire;

/**
 * Bytes or values that are not what they should be. The message says what is wrong and never quotes
 * them: they may hold what a person types.
 */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1;

  public Malformed(String message) {
    super(message);
  }
}
