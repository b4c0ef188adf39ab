package org.keywarden.ime;

import java.util.Objects;

/**
 * An item of an input method's menu: a mode, a switch, something to do. The desktop's panel shows
 * it while the input method composes. There are no icons: a picture of the input method's choice
 * would be read by the desktop's own processes. Lengths are in code points.
 *
 * @param key the input method's name for it, unique among the items, 1 to 64
 * @param kind what it is
 * @param label at most 64
 * @param symbol shown where there is room for little ("あ"), at most 8
 * @param tooltip at most 128
 * @param sensitive whether the user can activate it now
 * @param visible whether it is shown
 * @param checked of a toggle, or of a choice
 * @param menu key of the menu it is in, which stands before it; empty for one at the top. Menus
 *     nest at most four deep.
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
    SEPARATOR
  }

  public Property {
    Bounds.length("key of a property", key, 1, 64);
    Objects.requireNonNull(kind, "kind");
    Bounds.length("label of a property", label, 0, 64);
    Bounds.length("symbol of a property", symbol, 0, 8);
    Bounds.length("tooltip of a property", tooltip, 0, 128);
    Bounds.length("menu of a property", menu, 0, 64);
  }

  /** Something to do, at the top. */
  public static Property action(String key, String label) {
    return new Property(key, Kind.NORMAL, label, "", "", true, true, false, "");
  }

  /** A switch, at the top. */
  public static Property toggle(String key, String label, boolean checked) {
    return new Property(key, Kind.TOGGLE, label, "", "", true, true, checked, "");
  }

  /** A menu, at the top, whose symbol stands for what is chosen in it. */
  public static Property menu(String key, String label, String symbol) {
    return new Property(key, Kind.MENU, label, symbol, "", true, true, false, "");
  }

  /** One of the choices of a menu. */
  public static Property choice(String key, String label, boolean checked, String menu) {
    return new Property(key, Kind.CHOICE, label, "", "", true, true, checked, menu);
  }

  /** Says nothing of the item. */
  @Override
  public String toString() {
    return "Property[]";
  }
}
