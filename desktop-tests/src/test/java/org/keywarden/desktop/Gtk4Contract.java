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
}
