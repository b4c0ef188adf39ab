package org.keywarden.broker.frontdoor.ibus;

import org.keywarden.broker.seat.FieldTraits;

/**
 * How a client behaves, by the name it gives to {@code CreateInputContext}: a claim, trusted for
 * nothing but when to wait for what.
 *
 * @param announces it says what its fields are for
 * @param typeFollowsFocus it says so only after the focus, and has one context for many fields
 * @param resetMayHideFocus a reset may be all it says when a field without input method gains focus
 * @param fake its keys go to no input method
 */
record ClientKind(
    boolean announces, boolean typeFollowsFocus, boolean resetMayHideFocus, boolean fake) {
  static ClientKind of(String name) {
    boolean bridge = name.equals("gnome-shell") || name.equals("wayland");
    boolean gtk =
        name.startsWith("gtk-im") || name.startsWith("gtk3-im") || name.startsWith("gtk4-im");
    return new ClientKind(
        bridge || gtk, bridge, name.equals("QIBusInputContext"), name.startsWith("fake"));
  }

  /**
   * @param synchronous it waits for each answer
   */
  FieldTraits traits(boolean synchronous) {
    return new FieldTraits(announces, synchronous, resetMayHideFocus);
  }
}
