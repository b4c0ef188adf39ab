package org.keywarden.broker.seat;

/**
 * Which keys may move the focus, so that what is typed after them may be meant for another field.
 * Arrows are among them: in GTK they move it from an entry that has nowhere to go, and in lists and
 * forms of others; a function key may be a shortcut for anything.
 */
final class FocusKeys {
  private static final int SHIFT_TAB = 0xFE20;
  private static final int TAB = 0xFF09;
  static final int RETURN = 0xFF0D;
  private static final int ESCAPE = 0xFF1B;
  private static final int LEFT = 0xFF51;
  private static final int PAGE_DOWN = 0xFF56;
  private static final int MENU = 0xFF67;
  private static final int KEYPAD_TAB = 0xFF89;
  static final int KEYPAD_ENTER = 0xFF8D;
  private static final int KEYPAD_F1 = 0xFF91;
  private static final int KEYPAD_PAGE_DOWN = 0xFF9B;
  private static final int F1 = 0xFFBE;
  private static final int F35 = 0xFFE0;

  /** Control, Mod1 (Alt), Mod4 (Super): with one of these a key is a chord. */
  private static final int CHORD = 4 | 8 | 64;

  private FocusKeys() {}

  static boolean mayMoveFocus(Key key) {
    if (key.action() == KeyAction.RELEASE) {
      return false;
    }
    return switch (key.keysym()) {
      case SHIFT_TAB, TAB, RETURN, ESCAPE, MENU, KEYPAD_TAB, KEYPAD_ENTER -> true;
      default -> isArrowOrFunction(key.keysym()) || (isChord(key) && !isModifier(key.keysym()));
    };
  }

  private static boolean isArrowOrFunction(int keysym) {
    return (keysym >= LEFT && keysym <= PAGE_DOWN)
        || (keysym >= KEYPAD_F1 && keysym <= KEYPAD_PAGE_DOWN)
        || (keysym >= F1 && keysym <= F35);
  }

  static boolean isReturn(Key key) {
    return key.keysym() == RETURN || key.keysym() == KEYPAD_ENTER;
  }

  /** Whether Control, Alt or Super is held. */
  static boolean isChord(Key key) {
    return (key.modifiers() & CHORD) != 0;
  }

  /** XK_Shift_L to XK_Hyper_R, and the ISO level shifts. */
  static boolean isModifier(int keysym) {
    return (keysym >= 0xFFE1 && keysym <= 0xFFEE) || (keysym >= 0xFE01 && keysym <= 0xFE13);
  }
}
