package org.keywarden.broker.frontdoor.ibus.context;

/**
 * Which keys a client may be given as a signal instead of an answer. A toolkit hands such a key to
 * the focused widget and never to its shortcuts, so only what writes, deletes or moves is taken.
 */
final class ForwardedKeys {
  private static final int RELEASE = 1 << 30;

  /** Control, Mod1 (Alt), Mod4, and what IBus has for Super, Hyper and Meta. */
  private static final int CHORD = 4 | 8 | 64 | 1 << 26 | 1 << 27 | 1 << 28;

  private static final int FIRST_FUNCTION = 0xFD00;
  private static final int FIRST_UNICODE = 0x01000000;
  private static final int LEFT_TAB = 0xFE20;
  private static final int BACKSPACE = 0xFF08;
  private static final int TAB = 0xFF09;
  private static final int RETURN = 0xFF0D;
  private static final int HOME = 0xFF50;
  private static final int END = 0xFF57;
  private static final int KEYPAD_SPACE = 0xFF80;
  private static final int KEYPAD_EQUAL = 0xFFBD;
  private static final int DELETE = 0xFFFF;

  private ForwardedKeys() {}

  /**
   * Whether a key is one.
   *
   * @param state IBus's modifiers, and whether the key was let go
   */
  static boolean include(int keysym, int state) {
    return (state & (RELEASE | CHORD)) == 0 && (isCharacter(keysym) || editsOrMoves(keysym));
  }

  static boolean isRelease(int state) {
    return (state & RELEASE) != 0;
  }

  private static boolean isCharacter(int keysym) {
    return (keysym >= ' ' && keysym < FIRST_FUNCTION) || keysym >= FIRST_UNICODE;
  }

  private static boolean editsOrMoves(int keysym) {
    return switch (keysym) {
      case LEFT_TAB, BACKSPACE, TAB, RETURN, DELETE -> true;
      default ->
          (keysym >= HOME && keysym <= END) || (keysym >= KEYPAD_SPACE && keysym <= KEYPAD_EQUAL);
    };
  }
}
