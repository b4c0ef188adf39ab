package org.keywarden.engine.host;

import org.keywarden.ime.Key;

/** IBus's three numbers for a key. */
final class EngineKeys {
  private static final int X11_OFFSET = 8;
  private static final int MODIFIERS = 0xFF;
  private static final int RELEASE = 1 << 30;

  private EngineKeys() {}

  static int keycode(Key key) {
    return Math.max(0, key.keycode() - X11_OFFSET);
  }

  static int state(Key key) {
    return (key.modifiers() & MODIFIERS) | (key.isPressed() ? 0 : RELEASE);
  }

  /** Whether an engine means this key; the code may be left to the receiver. */
  static boolean is(Key key, int keysym, int keycode) {
    return key.keysym() == keysym && (keycode == 0 || keycode == keycode(key));
  }
}
