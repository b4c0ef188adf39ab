package org.keywarden.broker.frontdoor.terminal;

/** How a terminal takes what is typed, by its settings (termios(3)). */
enum Typing {
  /** Shows it, or is gone. */
  SHOWN,

  /** Takes lines without showing them, or cannot be looked at. */
  HIDDEN,

  /**
   * Takes single keys without showing them; Return, signals and output are as for lines. So do
   * prompts, and nobody who edits text: that needs Return to be a key of its own.
   */
  PLAIN_KEYS,

  /** Takes single keys without showing them, set as editors and shells with line editing do. */
  EDITED_KEYS;

  private static final int ICRNL = 0x100;
  private static final int INLCR = 0x40;
  private static final int OPOST = 1;
  private static final int ISIG = 1;
  private static final int ICANON = 2;
  private static final int ECHO = 8;

  static Typing by(Native.Modes modes) {
    if ((modes.local() & ECHO) != 0) {
      return SHOWN;
    }
    if ((modes.local() & ICANON) != 0) {
      return HIDDEN;
    }
    boolean plain =
        (modes.input() & (ICRNL | INLCR)) == ICRNL
            && (modes.output() & OPOST) != 0
            && (modes.local() & ISIG) != 0;
    return plain ? PLAIN_KEYS : EDITED_KEYS;
  }
}
