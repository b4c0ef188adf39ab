package org.keywarden.conformance;

/** Something awaited did not come in time; the message says what, and what was there instead. */
public final class Unsettled extends Exception {
  private static final long serialVersionUID = 1;

  public Unsettled(String message) {
    super(message);
  }

  public Unsettled(String message, Throwable cause) {
    super(message, cause);
  }
}
