package org.keywarden.broker.seat;

/**
 * Which keys may move the focus, so that what is typed after them may be meant for another field.
 */
final class FocusKeys {
  private static final int SHIFT_TAB = 0xFE20;
  private static final int TAB = 0xFF09;
  static final int RETURN = 0xFF0D;
  private static final int ESCAPE = 0xFF1B;
  private static final int KEYPAD_TAB = 0xFF89;
  static final int KEYPAD_ENTER = 0xFF8D;

  /** Control, Mod1 (Alt), Mod4 (Super): with one of these a key is a chord. */
  private static final int CHORD = 4 | 8 | 64;

  private FocusKeys() {}

  static boolean mayMoveFocus(Key key) {
    if (key.action() == KeyAction.RELEASE) {
      return false;
    }
    return switch (key.keysym()) {
      case SHIFT_TAB, TAB, RETURN, ESCAPE, KEYPAD_TAB, KEYPAD_ENTER -> true;
      default -> (key.modifiers() & CHORD) != 0 && !isModifier(key.keysym());
    };
  }

  static boolean isReturn(Key key) {
    return key.keysym() == RETURN || key.keysym() == KEYPAD_ENTER;
  }

  /** XK_Shift_L to XK_Hyper_R, and the ISO level shifts. */
  private static boolean isModifier(int keysym) {
    return (keysym >= 0xFFE1 && keysym <= 0xFFEE) || (keysym >= 0xFE01 && keysym <= 0xFE13);
  }
}
