package org.keywarden.desktop;

import java.util.List;

/** GTK 4 with ibus-gtk4, in either of its modes. */
abstract class Gtk4Contract extends ClientContract {
  Gtk4Contract(String order) {
    super(
        order,
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

  /**
   * What is typed between the end of the connection and the word of the session bus that the daemon
   * is gone: ibus-gtk4 keeps it for the next daemon, and then throws away what that does not want.
   * The application sees a moment before the module does, so it may count one that was not kept.
   */
  @Override
  long mostLostWithTheBroker(Session session) {
    return Long.parseLong(session.text("kept-back"));
  }
}
