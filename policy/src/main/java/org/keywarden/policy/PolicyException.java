package org.keywarden.policy;

/**
 * A policy that cannot be used. The message has a line for each problem: {@code file:line:column:
 * reason}.
 */
public final class PolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  PolicyException(String message) {
    super(message);
  }
}
