package org.keywarden.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.testbed.Await;

/**
 * GNOME Shell without a screen, and its keyboard: Mutter's remote desktop, the way a remote person
 * types. Applications speak text-input-v3 to it, and it alone speaks IBus.
 */
final class ShellKeyboard implements Keyboard {
  private static final String TYPIST = "shell-keyboard.py";

  private final Desktop desktop;
  private final Typist typist;

  private ShellKeyboard(Desktop desktop, Typist typist) {
    this.desktop = desktop;
    this.typist = typist;
  }

  /** Starts the shell and makes it the display of what is started from now on. */
  static ShellKeyboard start(Desktop desktop) throws IOException {
    desktop.set("XDG_SESSION_TYPE", "wayland");
    desktop.set("XDG_CURRENT_DESKTOP", "GNOME");
    desktop.set("GDK_BACKEND", "wayland");
    // It wants to ask the login manager; nobody needs to be there.
    desktop.set("DBUS_SYSTEM_BUS_ADDRESS", desktop.bus());
    desktop.run(
        "gnome-shell",
        "gnome-shell",
        "--headless",
        "--wayland",
        "--no-x11",
        "--virtual-monitor",
        "800x600",
        "--unsafe-mode");
    Path socket = desktop.home().resolve("run/wayland-0");
    Await.until("socket of GNOME Shell", () -> Files.exists(socket), desktop::logs);
    desktop.set("WAYLAND_DISPLAY", "wayland-0");
    Typist typist = Typist.start(desktop, TYPIST);
    ShellKeyboard keyboard = new ShellKeyboard(desktop, typist);
    Await.until(
        "desktop behind the overview",
        () ->
            keyboard
                .evaluate("Main.overview.hide(); !Main.overview.visible")
                .contains("true, 'true'"),
        desktop::logs);
    typist.awaitReady();
    return keyboard;
  }

  private String evaluate(String script) {
    return desktop
        .ask(
            "gdbus",
            "call",
            "--session",
            "--dest",
            "org.gnome.Shell",
            "--object-path",
            "/org/gnome/Shell",
            "--method",
            "org.gnome.Shell.Eval",
            script)
        .text();
  }

  @Override
  public void press(int pause, List<String> keys) {
    typist.press(pause, keys);
  }

  @Override
  public void focusWindow(String title) {
    Await.until(
        "focus of window " + title,
        () ->
            evaluate(
                    "Main.overview.hide(); "
                        + windowNamed(title)
                        + "w.unminimize(); w.activate(global.get_current_time());"
                        + " global.display.focus_window.title")
                .contains(title),
        () -> evaluate("global.get_window_actors().map(a => a.meta_window.title).join()"));
  }

  @Override
  public void refocusWindow(String title) {
    evaluate(windowNamed(title) + "w.minimize()");
    focusWindow(title);
  }

  private static String windowNamed(String title) {
    return "let w = global.get_window_actors().map(a => a.meta_window).find(m => m.title === '"
        + title
        + "'); ";
  }

  @Override
  public void screenshot(Path file) throws IOException {
    Desktop.Answer answer =
        desktop.ask(
            "gdbus",
            "call",
            "--session",
            "--dest",
            "org.gnome.Shell.Screenshot",
            "--object-path",
            "/org/gnome/Shell/Screenshot",
            "--method",
            "org.gnome.Shell.Screenshot.Screenshot",
            "false",
            "false",
            file.toAbsolutePath().toString());
    if (answer.status() != 0) {
      throw new IOException("no picture; see tools.log in " + desktop.logs());
    }
  }
}
