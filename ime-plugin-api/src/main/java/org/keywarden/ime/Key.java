package org.keywarden.ime;

/**
 * One change of one key.
 *
 * @param keysym X11 keysym (X11/keysymdef.h); {@link Keysym} names the common ones
 * @param keycode evdev key code plus 8, as X11 and XKB number keys; 0 if unknown
 * @param modifiers effective modifiers as an X11 mask: 1 Shift, 2 Lock, 4 Control, 8 Alt, 64 Super
 * @param kind what happened to the key
 */
public record Key(int keysym, int keycode, int modifiers, Kind kind) {
  private static final int SHIFT = 1;
  private static final int CHORD = 4 | 8 | 64;
  private static final int UNICODE = 0x0100_0000;

  /** What happened to a key. */
  public enum Kind {
    PRESS,
    /** A press the keyboard made by itself while the key is held down. */
    REPEAT,
    /** Only with {@link Right#RECEIVE_RELEASES}. */
    RELEASE
  }

  /** A press without modifiers, for tests. */
  public static Key press(int keysym) {
    return new Key(keysym, 0, 0, Kind.PRESS);
  }

  /** Whether this is a press or a repeat. */
  public boolean isPressed() {
    return kind != Kind.RELEASE;
  }

  public boolean hasShift() {
    return (modifiers & SHIFT) != 0;
  }

  /** Whether Control, Alt or Super is held: a shortcut of the application, as a rule. */
  public boolean isChord() {
    return (modifiers & CHORD) != 0;
  }

  /** Whether the key is itself a modifier: it types nothing and should change nothing. */
  public boolean isModifier() {
    return Keysym.isModifier(keysym);
  }

  /**
   * The character the key types, 0 if none: Latin-1 and Unicode keysyms and the keypad's digits and
   * signs. The old national keysyms (0x1a1 to 0x20ac) are not translated.
   */
  public int codePoint() {
    if ((keysym >= 0x20 && keysym <= 0x7E) || (keysym >= 0xA0 && keysym <= 0xFF)) {
      return keysym;
    }
    if ((keysym >= 0xFFAA && keysym <= 0xFFB9) || keysym == 0xFFBD) {
      return keysym - 0xFF80;
    }
    int point = keysym - UNICODE;
    return point >= 0x100 && Character.isValidCodePoint(point) ? point : 0;
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "Key[]";
  }
}
