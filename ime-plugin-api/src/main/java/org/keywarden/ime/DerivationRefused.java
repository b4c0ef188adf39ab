package org.keywarden.ime;

/** No capability was derived. */
public final class DerivationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  DerivationRefused(String reason) {
    super("no capability was derived: " + reason);
    this.reason = reason;
  }

  /** A reason of the broker's error contract (`proto/README.md`), or a gRPC status code. */
  public String reason() {
    return reason;
  }
}
