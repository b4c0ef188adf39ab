package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** GTK 3 with ibus-gtk3. */
final class Gtk3IT extends ClientContract {
  static final List<Secret> SECRETS =
      List.of(
          Secret.told("purpose-password", "text0", "entry with purpose PASSWORD"),
          Secret.told("purpose-pin", "text1", "entry with purpose PIN"),
          Secret.kept("hidden", "text2", "entry with visibility off"),
          Secret.kept("hidden-password", "text3", "purpose PASSWORD and visibility off"));

  static final List<Secret> UNRECOGNISED =
      List.of(
          Secret.told(
              "hidden-later", "", "entry whose visibility goes off while it has the focus"));

  Gtk3IT() {
    super("1-gtk3", "keywarden-gtk3", SECRETS, UNRECOGNISED);
  }

  @Override
  String client(Desktop desktop) {
    return "GTK " + desktop.version("libgtk-3-0");
  }

  @Test
  void noKeyTypedBehindAnArrowIsSeen() {
    for (int i = 0; i < 10; i++) {
      assertEquals(0, seenBehindAnArrow(Secret.told("purpose-password", "text0", "")));
    }
  }

  @Test
  void aMenuKeepsWhatIsComposed() {
    Session session = session();
    session.seenSince("text0");
    session.composing("ka", "か");
    session.click("text0", 3);
    session.awaitText("text0", "か");
    session.keyboard.press(List.of("Escape"));
    session.awaitSeen();
    session.compose("text0", "i", "い");
    assertEquals("かい", session.text("text0"));
  }

  @Override
  Application launch(Session session) throws IOException {
    return session.python("gtk3.py");
  }
}
