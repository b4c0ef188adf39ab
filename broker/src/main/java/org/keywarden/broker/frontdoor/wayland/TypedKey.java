package org.keywarden.broker.frontdoor.wayland;

import org.keywarden.broker.seat.KeyAction;

/**
 * One change of a key as the compositor told it.
 *
 * @param time in ms
 * @param code evdev's
 * @param modifiers at that time
 */
record TypedKey(int time, int code, KeyAction action, Modifiers modifiers) {
  /** Never which key. */
  @Override
  public String toString() {
    return "TypedKey[" + action + "]";
  }
}
