package org.keywarden.desktop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.keywarden.testbed.Await;

/** An X server and its keyboard: xdotool, through the X test extension. */
final class XKeyboard implements Keyboard {
  private static final Pattern LINES = Pattern.compile("\n");

  private final Desktop desktop;

  private XKeyboard(Desktop desktop) {
    this.desktop = desktop;
  }

  /** Starts the server and makes it the display of what is started from now on. */
  static XKeyboard start(Desktop desktop) throws IOException {
    desktop.set("GTK_IM_MODULE", "ibus");
    desktop.set("QT_IM_MODULE", "ibus");
    desktop.set("XMODIFIERS", "@im=ibus");
    desktop.set("GDK_BACKEND", "x11");
    Process server =
        desktop.run(
            "Xvfb",
            "Xvfb",
            "-displayfd",
            "1",
            "-noreset",
            "-screen",
            "0",
            "800x600x24",
            "-nolisten",
            "tcp");
    desktop.set("DISPLAY", ":" + Desktop.firstLine(server, "Xvfb"));
    XKeyboard keyboard = new XKeyboard(desktop);
    // Has all letters and digits of ASCII without Shift, and those of Keys.ACCENTED.
    keyboard.layout("hu", "");
    return keyboard;
  }

  @Override
  public void layout(String name, String variant) throws IOException {
    if (desktop.ask("setxkbmap", "-layout", name, "-variant", variant).status() != 0) {
      throw new IOException("setxkbmap failed; see tools.log in " + desktop.logs());
    }
  }

  @Override
  public void press(int pause, List<String> keys) {
    List<String> command = new ArrayList<>(List.of("xdotool", "key", "--delay", "" + pause));
    command.addAll(keys);
    Desktop.Answer answer = desktop.ask(command.toArray(String[]::new));
    if (answer.status() != 0) {
      throw new AssertionError("xdotool ended with " + answer.status());
    }
  }

  @Override
  public void focusWindow(String title) {
    Await.until(
        "focus of the window named " + title,
        () -> {
          // One that is being mapped may be there and not there, and have another number then.
          List<String> there = windows(title);
          if (there.isEmpty()) {
            return false;
          }
          desktop.ask("xdotool", "windowfocus", there.getLast());
          return desktop.ask("xdotool", "getwindowfocus").text().equals(there.getLast());
        },
        () -> windows(title) + ", focus: " + desktop.ask("xdotool", "getwindowfocus").text());
  }

  @Override
  public void refocusWindow(String title) {
    String window = windows(title).getLast();
    desktop.ask("xdotool", "windowunmap", "--sync", window);
    desktop.ask("xdotool", "windowmap", "--sync", window);
    focusWindow(title);
  }

  @Override
  public void screenshot(Path file) throws IOException {
    if (desktop.ask("import", "-window", "root", file.toString()).status() != 0) {
      throw new IOException("import cannot take a picture; see tools.log in " + desktop.logs());
    }
  }

  private List<String> windows(String title) {
    String found = desktop.ask("xdotool", "search", "--onlyvisible", "--name", title).text();
    return found.isEmpty() ? List.of() : List.of(LINES.split(found));
  }
}
