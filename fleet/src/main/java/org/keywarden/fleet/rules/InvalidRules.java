package org.keywarden.fleet.rules;

/** Rules that cannot be used; the message says which and why. */
public final class InvalidRules extends Exception {
  private static final long serialVersionUID = 1;

  InvalidRules(String message) {
    super(message);
  }
}
