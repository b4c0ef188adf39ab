package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keywarden.testbed.Await;

/**
 * Passwords of which only the accessibility bus tells. That their clients say nothing themselves,
 * and that an input method composes in them where there is no such bus, is among the limits in
 * {@link Gtk3IT} and {@link Qt5IT}.
 */
final class AccessibilityIT {
  private static final String PASSWORD = "p4s5w0rd";

  @ParameterizedTest
  @CsvSource({
    "gtk3, GTK, libgtk-3-0, hidden-later, entry whose visibility goes off while it has the focus",
    "qt5, Qt, libqt5gui5, echo-on-edit, line edit with echo mode PasswordEchoOnEdit"
  })
  void noKeyOfAPasswordIsSeenOfWhichTheBusTells(
      String client, String toolkit, String debianPackage, String field, String how)
      throws IOException {
    String order = "8-accessibility-" + client;
    try (Session session =
        Session.start(
            order,
            desktop -> {
              Keyboard keyboard = XKeyboard.start(desktop);
              desktop.startAccessibilityBus();
              return keyboard;
            })) {
      Await.until(
          "listener on the accessibility bus",
          () -> session.broker.status().getAccessibility().equals("listening"),
          session.broker::status);
      session.launch(in -> launch(in, client), "keywarden-" + client);
      session.focusToCompose("text0");
      session.compose("text0", "ka", "か");
      session.seenSince("text0");
      session.focus(field);
      long focused = System.nanoTime();
      session.broker.awaitGuarded();
      long known = Duration.ofNanos(System.nanoTime() - focused).toMillis();
      assertEquals("the field is secret", session.broker.status().getDecidedBy());
      for (int i = 0; i < PASSWORD.length(); i++) {
        session.keyboard.press(Keys.of(PASSWORD.substring(i, i + 1)));
        session.awaitText(field, PASSWORD.substring(0, i + 1));
      }
      session.desktop.screenshot(field);
      assertEquals("", Keys.named(session.seenSince("text0")), how);
      session.compose("text0", "na", "な");
      Table table =
          new Table(
              Session.output(),
              toolkit + " " + session.desktop.version(debianPackage) + ", AT-SPI");
      table.add(
          how, "`" + PASSWORD + "`, " + known + " ms after the focus", "0", "`" + PASSWORD + "`");
      table.write(order);
    }
  }

  private static Application launch(Session session, String client) throws IOException {
    return client.equals("qt5") ? session.python("qt.py", "5") : session.python(client + ".py");
  }
}
