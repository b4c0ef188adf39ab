package org.keywarden.broker.frontdoor.wayland;

/** What a compositor says; each in the order in which it was said. */
interface CompositorWord {
  /** A text input is active; what is said of it follows. Nothing holds before {@link #done}. */
  void activate();

  void deactivate();

  /**
   * @param cursor in bytes of UTF-8, and so is {@code anchor}; as the application says
   */
  void surroundingText(String text, int cursor, int anchor);

  void contentType(int hints, int purpose);

  /** All that was said since the last one holds. */
  void done();

  /** Another input method has the seat. */
  void unavailable();

  /**
   * The grabbed keyboard's keymap.
   *
   * @param descriptor closed by whoever is told
   * @param size in bytes, unsigned
   */
  void keymap(int format, int descriptor, int size);

  /**
   * A key of the grabbed keyboard.
   *
   * @param time in ms
   * @param code evdev's
   */
  void key(int time, int code, boolean down);

  void modifiers(Modifiers modifiers);

  /**
   * @param rate repeats a second, 0 for none
   * @param delay in ms
   */
  void repeatInfo(int rate, int delay);

  /** Everything that came at once has been taken. */
  void batchEnded();
}
