package org.keywarden.cli.console;

import org.keywarden.cli.Main;

/** A command cannot do what it was asked. The message says what is wrong and what to do. */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /**
   * @param exitCode one of {@link Main}'s
   */
  public Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
