package org.keywarden.desktop;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** GTK 4 with ibus-gtk4, told to wait for each answer before the next key. */
final class Gtk4IT extends Gtk4Contract {
  Gtk4IT() {
    super("4-gtk4");
  }

  @Override
  Application launch(Session session) throws IOException {
    // Otherwise ibus-gtk4 1.5.27 gives keys back in another order than they were typed in.
    session.desktop.set("IBUS_ENABLE_SYNC_MODE", "1");
    return session.python("gtk4.py");
  }

  @Test
  void wordsBehindReturnAreComposed() {
    composeWordsBehindReturn();
  }
}
