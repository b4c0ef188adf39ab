package org.keywarden.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The session's keyboard: xdotool, through the X test extension, as if a person pressed the keys.
 */
final class Keyboard {
  private static final Pattern LINES = Pattern.compile("\n");

  private final Desktop desktop;

  Keyboard(Desktop desktop) {
    this.desktop = desktop;
  }

  /** Presses and releases keys, given as keysym names, without any pause. */
  void press(List<String> keys) {
    press(0, keys);
  }

  /**
   * Presses and releases keys.
   *
   * @param pause between two of them, in milliseconds
   */
  void press(int pause, List<String> keys) {
    List<String> command = new ArrayList<>(List.of("xdotool", "key", "--delay", "" + pause));
    command.addAll(keys);
    Desktop.Answer answer = desktop.ask(command.toArray(String[]::new));
    if (answer.status() != 0) {
      throw new AssertionError("xdotool ended with " + answer.status());
    }
  }

  /** Waits for a window with this in its title and gives it the focus. */
  void focusWindow(String title) {
    Await.until("window named " + title, () -> !windows(title).isEmpty(), () -> "none");
    String window = windows(title).getLast();
    Await.until(
        "focus of window " + window,
        () -> {
          desktop.ask("xdotool", "windowfocus", window);
          return desktop.ask("xdotool", "getwindowfocus").text().equals(window);
        },
        () -> desktop.ask("xdotool", "getwindowfocus").text());
  }

  /** Takes the focus from a window and gives it back. */
  void refocusWindow(String title) {
    String window = windows(title).getLast();
    desktop.ask("xdotool", "windowunmap", "--sync", window);
    desktop.ask("xdotool", "windowmap", "--sync", window);
    focusWindow(title);
  }

  private List<String> windows(String title) {
    String found = desktop.ask("xdotool", "search", "--onlyvisible", "--name", title).text();
    return found.isEmpty() ? List.of() : List.of(LINES.split(found));
  }
}
