package org.keywarden.broker.indicator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the menu.
 *
 * @param act null for one that does nothing
 * @param checked of a mark or a choice
 * @param children of a menu
 */
record MenuEntry(
    Kind kind, String label, @Nullable TrayAct act, boolean checked, List<MenuEntry> children) {
  /** What an entry is. */
  enum Kind {
    /** Something that is said. */
    TEXT,
    PLAIN,
    MARK,
    CHOICE,
    MENU,
    SEPARATOR
  }

  static final MenuEntry SEPARATOR = new MenuEntry(Kind.SEPARATOR, "", null, false, List.of());

  MenuEntry {
    children = List.copyOf(children);
  }

  static MenuEntry text(String label) {
    return new MenuEntry(Kind.TEXT, label, null, false, List.of());
  }

  static MenuEntry plain(String label, TrayAct act) {
    return new MenuEntry(Kind.PLAIN, label, act, false, List.of());
  }

  static MenuEntry mark(String label, boolean checked, TrayAct act) {
    return new MenuEntry(Kind.MARK, label, act, checked, List.of());
  }

  static MenuEntry choice(String label, boolean checked, TrayAct act) {
    return new MenuEntry(Kind.CHOICE, label, act, checked, List.of());
  }

  static MenuEntry menu(String label, List<MenuEntry> children) {
    return new MenuEntry(Kind.MENU, label, null, false, children);
  }
}
