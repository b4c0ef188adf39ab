package org.keywarden.broker.seat;

/**
 * One change of one physical key.
 *
 * @param keysym X11 keysym
 * @param keycode X11 key code
 * @param modifiers X11 modifier mask
 */
public record Key(int keysym, int keycode, int modifiers, KeyAction action) {
  /** Says only what happened, never which key: a key may be part of a password. */
  @Override
  public String toString() {
    return "Key[" + action + "]";
  }
}
