package org.keywarden.broker.frontdoor.ibus.context;

import org.keywarden.broker.seat.KeyAction;

/**
 * Tells repeats from presses, which IBus does not: the keyboard repeats only the key pressed last,
 * until it is released. One per application, as its key goes on repeating in the next field.
 */
final class Repeats {
  private int held;

  /**
   * @param code key code, 0 if unknown
   */
  KeyAction action(int code, boolean release) {
    if (release) {
      held = code == held ? 0 : held;
      return KeyAction.RELEASE;
    }
    boolean again = code != 0 && code == held;
    held = code;
    return again ? KeyAction.REPEAT : KeyAction.PRESS;
  }
}
