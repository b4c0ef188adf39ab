package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.keywarden.testbed.Await;

/**
 * GTK 3 behind GNOME Shell, which speaks IBus for every application: it says what a field is for
 * again after each text that the input method gives it, as if there were news.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GnomeShellIT {
  private static final String NAME = "8-gnome-shell";
  private static final String PASSWORD = ClientContract.PASSWORD;
  private static final int REPETITIONS = Integer.getInteger("keywarden.desktop.repetitions", 5);

  /** The field it is before, and the one before it. */
  private static final Secret SECRET =
      Secret.told("purpose-password", "text0", "entry with purpose PASSWORD");

  private Table table = new Table(Session.output(), "");
  private Session session;

  @BeforeAll
  void start() throws IOException {
    session = Session.start(NAME, ShellKeyboard::start);
    table =
        new Table(
            Session.output(),
            "GTK %s in GNOME Shell %s"
                .formatted(
                    session.desktop.version("libgtk-3-0"), session.desktop.version("gnome-shell")));
    session.launch(started -> started.python("gtk3.py"), "keywarden-gtk3");
    session.focusToCompose("text0");
    session.compose("text0", "ka", "か");
  }

  @AfterAll
  void end() throws IOException {
    try (Session ended = session) {
      table.write(NAME);
      ended.desktop.screenshot("end");
    }
  }

  @Test
  void kanaAppearInATextField() throws IOException {
    session.seenSince("text0");
    session.focusToCompose("text0");
    session.compose("text0", "kana", "かな");
    session.desktop.screenshot("kana");
    String seen = Keys.named(session.seenSince("text0"));
    table.add("text", "`kana` Return", seen, "かな");
    assertEquals("k a n a Return", seen);
  }

  @Test
  void noKeyOfASecretFieldIsSeen() {
    session.seenSince("text0");
    session.focus(SECRET.name());
    // The application moved the focus by itself: until the shell tells of it, nobody can know.
    session.broker.awaitGuarded();
    for (int i = 0; i < PASSWORD.length(); i++) {
      session.keyboard.press(Keys.of(PASSWORD.substring(i, i + 1)));
      session.awaitText(SECRET.name(), PASSWORD.substring(0, i + 1));
    }
    List<Integer> seen = session.seenSince("text0");
    table.add(SECRET.how(), "`" + PASSWORD + "`", "" + seen.size(), "`" + PASSWORD + "`");
    assertEquals("", Keys.named(seen));
  }

  @Test
  void noKeyTypedAheadOfTheFocusIsSeen() {
    for (List<String> end : List.of(List.of("Tab"), List.of("Return", "Tab"))) {
      int complete = 0;
      session.seenSince("text0");
      for (int i = 0; i < REPETITIONS; i++) {
        session.focusToCompose(SECRET.before());
        List<String> keys = new ArrayList<>(Keys.of("kana"));
        keys.addAll(end);
        keys.addAll(Keys.of(PASSWORD));
        session.keyboard.press(keys);
        Await.until(
            "all keys in the application",
            () ->
                ClientContract.holdsAllOfThePassword(
                    session.text(SECRET.before()) + session.text(SECRET.name())),
            session::fields);
        complete += session.text(SECRET.name()).equals(PASSWORD) ? 1 : 0;
      }
      long leaked =
          session.seenSince("text0").stream().filter(key -> PASSWORD.indexOf(key) >= 0).count();
      table.add(
          SECRET.how(),
          "`kana` %s `%s` without a pause, %d times"
              .formatted(String.join(" ", end), PASSWORD, REPETITIONS),
          "%d of %d".formatted(leaked, REPETITIONS * PASSWORD.length()),
          "the password complete and in order %d times".formatted(complete));
      assertEquals(0, leaked, String.join(" ", end));
    }
  }
}
