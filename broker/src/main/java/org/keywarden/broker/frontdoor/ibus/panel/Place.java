package org.keywarden.broker.frontdoor.ibus.panel;

/**
 * Where a field's cursor is, as its application says.
 *
 * @param x in device pixels of the screen, or of the window if {@code relative}; and so are the
 *     others
 */
public record Place(int x, int y, int width, int height, boolean relative) {
  @Override
  public String toString() {
    return "Place[]";
  }
}
