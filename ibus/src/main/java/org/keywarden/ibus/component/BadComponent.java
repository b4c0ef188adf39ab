package org.keywarden.ibus.component;

/** A component's file, or what it lists, is not what it should be. */
public final class BadComponent extends Exception {
  private static final long serialVersionUID = 1;

  public BadComponent(String message) {
    super(message);
  }
}
