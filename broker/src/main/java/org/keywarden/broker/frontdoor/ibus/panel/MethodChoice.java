package org.keywarden.broker.frontdoor.ibus.panel;

import java.util.List;

/** The input methods a user can choose from, and the choice. */
public interface MethodChoice {
  /** The id of none of them: keys go to applications as typed. */
  String KEYBOARD_ONLY = "";

  /** Those that are enabled. */
  List<InputMethod> enabled();

  /** The id of the one that composes; {@link #KEYBOARD_ONLY} for none. */
  String selected();

  /** The user chose one that is enabled, or {@link #KEYBOARD_ONLY}. */
  void select(String id);

  /**
   * One of them, as people see it.
   *
   * @param language BCP 47, empty if unknown
   * @param layout the keyboard layout it wants, empty for whichever there is
   * @param symbol a few characters for where there is little room, empty for none
   */
  record InputMethod(String id, String name, String language, String layout, String symbol) {}
}
