package org.keywarden.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.testbed.Await;

/** The compositor sway without a screen, and a keyboard of its seat. */
final class SwayKeyboard implements Keyboard {
  private static final String TYPIST = "sway-keyboard.py";

  private final Desktop desktop;
  private final Typist typist;

  private SwayKeyboard(Desktop desktop, Typist typist) {
    this.desktop = desktop;
    this.typist = typist;
  }

  /** Starts sway and makes it the display of what is started from now on. */
  static SwayKeyboard start(Desktop desktop) throws IOException {
    desktop.set("XDG_SESSION_TYPE", "wayland");
    desktop.set("XDG_CURRENT_DESKTOP", "sway");
    desktop.set("GDK_BACKEND", "wayland");
    desktop.set("WLR_BACKENDS", "headless");
    desktop.set("WLR_LIBINPUT_NO_DEVICES", "1");
    desktop.set("WLR_RENDERER", "pixman");
    Path config = desktop.home().resolve("sway");
    Files.writeString(
        config, "output HEADLESS-1 resolution 800x600\ndefault_border none\nxwayland disable\n");
    // It refuses to run as root.
    desktop.run(
        "sway",
        "unshare",
        "--user",
        "--map-user=1000",
        "--map-group=1000",
        "sway",
        "-c",
        config.toString());
    Path run = desktop.home().resolve("run");
    Await.until("socket of sway", () -> Files.exists(run.resolve("wayland-1")), desktop::logs);
    desktop.set("WAYLAND_DISPLAY", "wayland-1");
    Await.until("control socket of sway", () -> !control(run).isEmpty(), desktop::logs);
    desktop.set("SWAYSOCK", control(run));
    Typist typist = Typist.start(desktop, TYPIST);
    SwayKeyboard keyboard = new SwayKeyboard(desktop, typist);
    typist.awaitReady();
    keyboard.layout("hu", "");
    return keyboard;
  }

  private static String control(Path run) {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("sway-ipc."))
          .map(Path::toString)
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void press(int pause, List<String> keys) {
    typist.press(pause, keys);
  }

  @Override
  public void layout(String name, String variant) {
    typist.order("layout " + name + " " + variant);
  }

  @Override
  public void focusWindow(String title) {
    Await.until(
        "focus of window " + title,
        () -> command("[title=\"" + title + "\"] focus"),
        () -> desktop.ask("swaymsg", "-t", "get_tree").text());
  }

  @Override
  public void refocusWindow(String title) {
    command("[title=\"" + title + "\"] move scratchpad");
    focusWindow(title);
  }

  private boolean command(String command) {
    return desktop.ask("swaymsg", command).status() == 0;
  }

  @Override
  public void screenshot(Path file) throws IOException {
    if (desktop.ask("grim", file.toAbsolutePath().toString()).status() != 0) {
      throw new IOException("grim cannot take a picture; see tools.log in " + desktop.logs());
    }
  }
}
