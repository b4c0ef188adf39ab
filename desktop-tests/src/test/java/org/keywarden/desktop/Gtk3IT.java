package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.testbed.Await;

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
  void wordsBehindReturnAreComposed() {
    composeWordsBehindReturn();
  }

  @Test
  void noKeyTypedBehindAnArrowIsSeen() {
    for (int i = 0; i < 10; i++) {
      assertEquals(0, seenBehind(Secret.told("purpose-password", "text0", ""), "Return", "Down"));
    }
  }

  @Test
  void theUsersOwnSequencesCountFromTheNextFocus() throws IOException {
    Path home = session().desktop.home().resolve("home");
    Files.writeString(home.resolve("second"), "<dead_acute> <k> : \"⌨\"\n");
    Files.writeString(home.resolve(".XCompose"), "include \"%H/second\"\ninclude \"%H/none\"\n");
    session().keyboard.layout("us", "intl");
    for (String field : List.of("text0", "purpose-password")) {
      Await.until(
          "own sequence in " + field,
          () -> {
            session().focus("text1");
            session().focus(field);
            session().keyboard.press(List.of("dead_acute", "k"));
            return Await.within(Duration.ofSeconds(2), () -> session().text(field).equals("⌨"));
          },
          session()::fields);
    }
    session().keyboard.layout("hu", "");
    Files.delete(home.resolve(".XCompose"));
  }

  @Override
  Application launch(Session session) throws IOException {
    return session.python("gtk3.py");
  }
}
