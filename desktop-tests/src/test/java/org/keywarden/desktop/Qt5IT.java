package org.keywarden.desktop;

import java.io.IOException;
import java.util.List;

/** Qt 5 with the IBus plugin it brings. */
final class Qt5IT extends ClientContract {
  Qt5IT() {
    super(
        "3-qt5",
        "keywarden-qt5",
        List.of(
            Secret.kept("echo-password", "text0", "line edit with echo mode Password"),
            Secret.kept("echo-none", "text1", "line edit with echo mode NoEcho"),
            Secret.kept("hint-hidden", "text2", "line edit with hint ImhHiddenText")),
        List.of(
            Secret.told("echo-on-edit", "", "line edit with echo mode PasswordEchoOnEdit"),
            Secret.told("hint-sensitive", "", "line edit with hint ImhSensitiveData")));
  }

  @Override
  String client(Desktop desktop) {
    return "Qt " + desktop.version("libqt5gui5");
  }

  @Override
  Application launch(Session session) throws IOException {
    return session.python("qt5.py");
  }

  /** Qt 5 does not notice that its connection is gone and drops each key whose call then fails. */
  @Override
  boolean goesOnWithoutBroker() {
    return false;
  }

  @Override
  int lostInFlight() {
    return Integer.MAX_VALUE;
  }

  /** Qt tells a broker that was started again of a focus only when the focus moves. */
  @Override
  void comeBack(Session session) {
    session.focus("text1");
    session.focusToCompose("text0");
  }
}
