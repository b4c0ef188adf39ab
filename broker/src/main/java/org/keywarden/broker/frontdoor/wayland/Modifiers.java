package org.keywarden.broker.frontdoor.wayland;

/** A keyboard's modifiers and layout, as compositors tell them (wl_keyboard.modifiers). */
record Modifiers(int depressed, int latched, int locked, int group) {
  static final Modifiers NONE = new Modifiers(0, 0, 0, 0);
}
