package org.keywarden.broker.seat;

/**
 * An item of an input method's menu.
 *
 * @param key the input method's name for it, unique among the items
 * @param symbol shown where there is room for little
 * @param sensitive whether the user can activate it now
 * @param checked of a toggle, or of a choice
 * @param menu key of the menu it is in, which stands before it; empty for one at the top
 */
public record Property(
    String key,
    Kind kind,
    String label,
    String symbol,
    String tooltip,
    boolean sensitive,
    boolean visible,
    boolean checked,
    String menu) {
  /** What an item is. */
  public enum Kind {
    /** Does something when it is activated. */
    NORMAL,
    /** On or off. */
    TOGGLE,
    /** One of the choices beside it. */
    CHOICE,
    MENU,
    SEPARATOR;

    boolean activates() {
      return this == NORMAL || this == TOGGLE || this == CHOICE;
    }
  }

  @Override
  public String toString() {
    return "Property[]";
  }
}
