package org.keywarden.broker.frontdoor.wayland;

/** What a compositor is asked to do; nothing waits for it. */
interface Compositor {
  /** Asks for the keyboard's keys; its keymap comes first. */
  void grabKeyboard();

  /** Gives them back; some may still be on their way. */
  void releaseKeyboard();

  /** Text for the text input that is active, at the next {@link #commit}. */
  void commitString(String text);

  /**
   * The preedit after the next {@link #commit}.
   *
   * @param cursor in bytes of UTF-8
   */
  void preeditString(String text, int cursor);

  /** Takes text away around the cursor at the next {@link #commit}, in bytes of UTF-8. */
  void deleteSurroundingText(int before, int after);

  void commit();

  /**
   * The virtual keyboard's keymap from now on, in the format of XKB.
   *
   * @param descriptor stays the caller's
   */
  void keymap(int descriptor, int size);

  /**
   * A key of the virtual keyboard.
   *
   * @param time in ms, of the compositor's own clock
   * @param code evdev's
   */
  void key(int time, int code, boolean down);

  void modifiers(Modifiers modifiers);

  /** Takes now what it has said so far, unless that is paused. */
  void takeWhatIsThere();

  /** What was asked is sent. */
  void flush();

  /** Nothing that it says is taken until {@link #resume}. */
  void pause();

  void resume();
}
