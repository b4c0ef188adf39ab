package org.keywarden.desktop;

import java.io.IOException;

/** Qt 5 as it comes: it goes on while a key is on its way. */
final class Qt5IT extends Qt5Contract {
  Qt5IT() {
    super("3-qt5");
  }

  @Override
  Application launch(Session session) throws IOException {
    return session.python("qt5.py");
  }
}
