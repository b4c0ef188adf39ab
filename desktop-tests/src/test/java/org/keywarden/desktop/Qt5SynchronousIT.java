package org.keywarden.desktop;

import java.io.IOException;

/**
 * Qt 5 told to wait for each answer. It then takes each answer before the signals sent ahead of it,
 * which in its other mode it does only now and then.
 */
final class Qt5SynchronousIT extends QtContract {
  Qt5SynchronousIT() {
    super("3-qt5-synchronous", "5");
  }

  @Override
  String client(Desktop desktop) {
    return super.client(desktop) + ", IBUS_ENABLE_SYNC_MODE=1";
  }

  @Override
  Application launch(Session session) throws IOException {
    session.desktop.set("IBUS_ENABLE_SYNC_MODE", "1");
    return super.launch(session);
  }
}
