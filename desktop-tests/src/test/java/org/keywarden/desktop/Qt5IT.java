package org.keywarden.desktop;

import org.junit.jupiter.api.Test;

/** Qt 5 as it comes: it goes on while a key is on its way. */
final class Qt5IT extends QtContract {
  Qt5IT() {
    super("3-qt5", "5");
  }

  @Test
  void wordsBehindReturnAreComposed() {
    composeWordsBehindReturn();
  }
}
