package org.keywarden.cli;

/** A command cannot do what it was asked. The message says what is wrong and what to do. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  /**
   * @param exitCode one of {@link Main}'s
   */
  Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
