package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.testbed.Await;

/** A Firefox just started says of its first field that it is an ordinary one, whatever it is. */
final class FirefoxFirstFieldIT {
  private static final String PASSWORD = "p4s5w0rd";

  @ParameterizedTest
  @ValueSource(strings = {"focused", "clicked"})
  void noKeyOfAPasswordIsSeenThatIsTheFirstField(String how) throws IOException {
    try (Session session = Session.start("5-firefox-first-" + how)) {
      Table table =
          new Table(Session.output(), "Firefox " + session.desktop.version("firefox-esr"));
      session.launch(
          in -> FirefoxIT.launch(in, in.page("first.html"), "?" + how), "keywarden-browser");
      if (how.equals("clicked")) {
        session.desktop.ask("xdotool", "mousemove", "400", "300", "click", "1");
      }
      Await.until(
          "focus on the password",
          () -> session.fields().focus().equals("password"),
          session::fields);
      Await.until(
          "field that is guarded",
          () -> session.broker.status().getRoute() == Route.ROUTE_GUARDED,
          session.broker::status);
      for (int i = 0; i < PASSWORD.length(); i++) {
        session.keyboard.press(Keys.of(PASSWORD.substring(i, i + 1)));
        session.awaitText("password", PASSWORD.substring(0, i + 1));
      }
      session.desktop.screenshot("first-" + how);
      assertEquals("", Keys.named(session.ime.seen()));
      table.add(
          "password, first field after the start, " + how,
          "`" + PASSWORD + "`",
          "0",
          "`" + PASSWORD + "`");
      table.write("5-firefox-first-" + how);
    }
  }
}
