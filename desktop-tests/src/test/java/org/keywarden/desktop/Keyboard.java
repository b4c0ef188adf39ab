package org.keywarden.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A display's keyboard, keys pressed as if a person did, and its screen. */
interface Keyboard {
  /** Presses and releases keys, given as keysym names, without any pause. */
  default void press(List<String> keys) {
    press(0, keys);
  }

  /**
   * Presses and releases keys.
   *
   * @param pause between two of them, in milliseconds
   */
  void press(int pause, List<String> keys);

  /** Has another layout from now on; {@code variant} is empty for the plain one. */
  default void layout(String name, String variant) throws IOException {
    throw new UnsupportedOperationException("one layout only");
  }

  /** Waits for a window with this in its title and gives it the focus. */
  void focusWindow(String title);

  /** Takes the focus from a window and gives it back. */
  void refocusWindow(String title);

  /** Keeps what the screen shows. */
  void screenshot(Path file) throws IOException;
}
