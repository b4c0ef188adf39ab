package org.keywarden.cli.setup;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How a session is begun, and where it takes its variables from. */
enum DesktopKind {
  GNOME,
  PLASMA,
  SWAY,
  /** Any other, as XFCE, MATE, LXQt and plain window managers. */
  X11;

  /** By what the session says of itself ({@code XDG_CURRENT_DESKTOP}, desktop-entry-spec). */
  static DesktopKind of(Map<String, String> environment) {
    List<String> names =
        List.of(
            environment
                .getOrDefault("XDG_CURRENT_DESKTOP", "")
                .toLowerCase(Locale.ROOT)
                .split(":"));
    if (names.contains("gnome")) {
      return GNOME;
    }
    if (names.contains("kde")) {
      return PLASMA;
    }
    return names.contains("sway") ? SWAY : X11;
  }
}
