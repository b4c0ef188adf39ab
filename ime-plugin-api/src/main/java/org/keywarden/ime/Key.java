package org.keywarden.ime;

/**
 * One change of one key.
 *
 * @param keysym X11 keysym (X11/keysymdef.h)
 * @param modifiers X11 mask: 1 Shift, 2 Lock, 4 Control, 8 Alt, 64 Super
 * @param pressed false for a release; a repeat is a press
 */
public record Key(int keysym, int modifiers, boolean pressed) {
  private static final int CHORD = 4 | 8 | 64;

  /** Whether Control, Alt or Super is held. */
  public boolean chord() {
    return (modifiers & CHORD) != 0;
  }

  @Override
  public String toString() {
    return "Key[]";
  }
}
