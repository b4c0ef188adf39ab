package org.keywarden.desktop;

import java.io.IOException;
import java.util.List;

/** GTK 4 with ibus-gtk4. */
final class Gtk4IT extends ClientContract {
  Gtk4IT() {
    super(
        "4-gtk4",
        "keywarden-gtk4",
        List.of(
            Secret.told("password-entry", "text0", "GtkPasswordEntry"),
            Secret.told("purpose-password", "text1", "entry with purpose PASSWORD"),
            Secret.told("purpose-pin", "text2", "entry with purpose PIN"),
            Secret.told("hidden-password", "text3", "purpose PASSWORD and visibility off")),
        List.of(Secret.told("hidden", "", "entry with visibility off and no purpose")));
  }

  @Override
  String client(Desktop desktop) {
    return "GTK " + desktop.version("libgtk-4-1");
  }

  @Override
  Application launch(Session session) throws IOException {
    // Otherwise ibus-gtk4 1.5.27 gives keys back in another order than they were typed in.
    session.desktop.set("IBUS_ENABLE_SYNC_MODE", "1");
    return session.python("gtk4.py");
  }
}
