package org.keywarden.desktop;

import java.io.IOException;

/** GTK 4 with ibus-gtk4 as it comes: 1.5.27 waits for each key in a main loop inside the last. */
final class Gtk4DefaultIT extends Gtk4Contract {
  Gtk4DefaultIT() {
    super("4-gtk4-default");
  }

  @Override
  String client(Desktop desktop) {
    return super.client(desktop) + ", default mode";
  }

  @Override
  Application launch(Session session) throws IOException {
    return session.python("gtk4.py");
  }

  /** Loops that were entered later end earlier, so keys come back in reverse order. */
  @Override
  boolean keepsOrder() {
    return false;
  }
}
