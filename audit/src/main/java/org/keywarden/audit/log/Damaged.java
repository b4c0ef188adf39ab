package org.keywarden.audit.log;

import java.io.IOException;

/**
 * The log is not what its writer left: it was changed, rolled back, or lost what was durable. The
 * message names the place. Such a log is never written to again.
 */
public final class Damaged extends IOException {
  private static final long serialVersionUID = 1;

  public Damaged(String message) {
    super(message);
  }

  public Damaged(String message, Throwable cause) {
    super(message, cause);
  }
}
