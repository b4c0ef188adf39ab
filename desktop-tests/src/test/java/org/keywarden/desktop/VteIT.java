package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A terminal, which says nothing when a program in it asks for a password. */
final class VteIT {
  private static final String PASSWORD = "p4ssw0rd";

  /** A key that types nothing: the terminal's settings are looked at before it as before any. */
  private static final String NOTHING = "Shift_L";

  private static final int SHIFT = 0xffe1;

  /** Longer than keys behind a Return are kept from the input method. */
  private static final Duration FENCE = Duration.ofMillis(300);

  private static Application launch(Session session) throws IOException {
    Path report = session.desktop.home().resolve("prompts");
    session.python("vte.py", report.toString());
    return new PromptsApplication(report);
  }

  private static void awaitPrompt(Session session, String prompt) {
    Await.until("prompt " + prompt, () -> session.fields().focus().equals(prompt), session::fields);
  }

  private static void awaitRead(Session session, String prompt, String text) {
    Await.until(
        text + " at " + prompt,
        () -> session.text(prompt).equals(text),
        () -> session.fields() + ", seen: " + Keys.named(session.ime.seen()));
  }

  /** Types a word, which the input method composes, and ends the line with it. */
  private static void compose(Session session, String prompt) {
    awaitPrompt(session, prompt);
    int before = session.ime.seen().size();
    Await.until(
        "end of what Return fences off",
        () -> {
          session.keyboard.press(List.of(NOTHING));
          return Await.within(FENCE, () -> session.ime.seen().size() > before);
        },
        session.broker::status);
    session.keyboard.press(Keys.of("kana", "Return"));
    Await.until(
        "word at the input method",
        () -> session.ime.seen().getLast() == Keys.RETURN,
        () -> Keys.named(session.ime.seen()));
    session.keyboard.press(List.of("Return"));
    awaitRead(session, prompt, "かな");
  }

  private static void password(Session session, String prompt) throws IOException {
    awaitPrompt(session, prompt);
    session.keyboard.press(Keys.of(PASSWORD, "Return"));
    awaitRead(session, prompt, PASSWORD);
    session.desktop.screenshot(prompt.replace(" ", ""));
  }

  @Test
  void noKeyOfAPasswordPromptIsSeen() throws IOException {
    try (Session session = Session.start("6-vte")) {
      Table table = new Table(Session.output(), "VTE " + session.desktop.version("libvte-2.91-0"));
      session.launch(VteIT::launch, "keywarden-vte");
      List<String> words = new ArrayList<>();
      for (String prompt : List.of("line 1", "read -s", "line 2", "getpass", "line 3", "keys")) {
        if (prompt.equals("read -s") || prompt.equals("getpass")) {
          password(session, prompt);
          table.add("prompt of `" + prompt + "`", "`p4ssw0rd` Return", "0", "`p4ssw0rd`");
        } else {
          compose(session, prompt);
          words.add("k a n a");
        }
      }
      table.add("line", "`kana` Return Return", "k a n a Return", "かな");
      table.add("single keys, not shown", "`kana` Return Return", "k a n a Return", "かな");
      awaitPrompt(session, "line 4");
      session.desktop.screenshot("end");
      // The Return that ends the line is offered too, unless the Return before it still fences.
      List<Integer> seen =
          session.ime.seen().stream().filter(key -> key != SHIFT && key != Keys.RETURN).toList();
      assertEquals(String.join(" ", words), Keys.named(seen));
      table.write("6-vte");
    }
  }
}
