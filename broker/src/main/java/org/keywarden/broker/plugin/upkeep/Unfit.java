package org.keywarden.broker.plugin.upkeep;

/** What the user asked for cannot be; the message says why, and what could. */
public final class Unfit extends Exception {
  private static final long serialVersionUID = 1;

  Unfit(String message) {
    super(message);
  }
}
