package org.keywarden.desktop;

import java.io.IOException;
import java.util.List;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.testbed.Await;

/** Qt with the IBus plugin it brings, in either of its modes. */
abstract class QtContract extends ClientContract {
  private final String version;

  /**
   * @param version the first number of Qt's
   */
  QtContract(String order, String version) {
    super(
        order,
        "keywarden-qt" + version,
        List.of(
            Secret.kept("echo-password", "text0", "line edit with echo mode Password"),
            Secret.kept("echo-none", "text1", "line edit with echo mode NoEcho"),
            Secret.kept("hint-hidden", "text2", "line edit with hint ImhHiddenText")),
        List.of(
            Secret.told("echo-on-edit", "", "line edit with echo mode PasswordEchoOnEdit"),
            Secret.told("hint-sensitive", "", "line edit with hint ImhSensitiveData")));
    this.version = version;
  }

  @Override
  String client(Desktop desktop) {
    return "Qt " + desktop.version("libqt" + version + "gui" + version);
  }

  @Override
  Application launch(Session session) throws IOException {
    return session.python("qt.py", version);
  }

  /** As without Keywarden: Qt leaves dead keys to the input method, and asks none there. */
  @Override
  boolean composesWhatItKeeps() {
    return false;
  }

  /**
   * Qt drops each key whose call fails, and calls a dead daemon until it has looked at the address
   * file, 100 ms after that changed.
   */
  @Override
  long mostLostWithTheBroker(Session session) {
    return Long.MAX_VALUE;
  }

  @Override
  void awaitNoBroker(Session session) {
    Await.until(
        "key that needs no broker",
        () -> {
          session.keyboard.press(List.of("0"));
          return session.text("text0").contains("0");
        },
        session::fields);
  }

  /**
   * Qt tells a broker that was started again of a focus only when the focus moves, and of none
   * before it has connected, which nothing shows.
   */
  @Override
  void comeBack(Session session) {
    Await.until(
        "focus that the broker was told of",
        () -> {
          move(session, "Tab", "echo-password");
          move(session, "shift+Tab", "text0");
          return session.broker.status().getRoute() != Route.ROUTE_UNFOCUSED;
        },
        session::fields);
    // Coming from another field selects the text, and what is typed then replaces it.
    session.keyboard.press(List.of("End"));
    session.broker.awaitComposing();
  }

  private static void move(Session session, String key, String field) {
    session.keyboard.press(List.of(key));
    Await.until("focus on " + field, () -> session.fields().focus().equals(field), session::fields);
  }
}
