package org.keywarden.audit;

/** Bytes that are not what they should be; the message says what is wrong and where in them. */
public final class Malformed extends Exception {
  private static final long serialVersionUID = 1;

  public Malformed(String message) {
    super(message);
  }

  public Malformed(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message, never null. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
