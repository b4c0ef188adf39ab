package org.keywarden.desktop;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.testbed.Await;

/** A terminal with {@code src/test/apps/prompts.py} in it, and how its prompts are answered. */
final class Prompts {
  static final String PASSWORD = "p4ssw0rd";

  /** A key that types nothing: the terminal's settings are looked at before it as before any. */
  private static final String NOTHING = "Shift_L";

  private static final int SHIFT = 0xffe1;

  /** Longer than keys behind a Return are kept from the input method. */
  private static final Duration FENCE = Duration.ofMillis(300);

  private final Session session;

  Prompts(Session session) {
    this.session = session;
  }

  void await(String prompt) {
    Await.until("prompt " + prompt, () -> session.fields().focus().equals(prompt), session::fields);
  }

  private void awaitRead(String prompt, String text) {
    Await.until(
        text + " at " + prompt,
        () -> session.text(prompt).equals(text),
        () -> session.fields() + ", seen: " + Keys.named(session.ime.seen()));
  }

  /** Types a word, which the input method composes, and ends the line with it. */
  void compose(String prompt) {
    awaitComposing(prompt);
    session.keyboard.press(Keys.of("kana", "Return"));
    Await.until(
        "word at the input method",
        () -> session.ime.seen().getLast() == Keys.RETURN,
        () -> Keys.named(session.ime.seen()));
    session.keyboard.press(List.of("Return"));
    awaitRead(prompt, "かな");
  }

  /** As {@link #compose}, and types the answer to the prompt that comes next without waiting. */
  void composeAndAnswer(String prompt, String next) {
    awaitComposing(prompt);
    List<String> all = new ArrayList<>(Keys.of("kana", "Return", "Return"));
    all.addAll(Keys.of(PASSWORD, "Return"));
    session.keyboard.press(all);
    awaitRead(next, PASSWORD);
    awaitRead(prompt, "かな");
  }

  private void awaitComposing(String prompt) {
    await(prompt);
    int before = session.ime.seen().size();
    Await.until(
        "end of what Return fences off",
        () -> {
          session.keyboard.press(List.of(NOTHING));
          return Await.within(FENCE, () -> session.ime.seen().size() > before);
        },
        session.broker::status);
  }

  /** Types what no input method is to change, and ends the line with it. */
  void answer(String prompt, String text) throws IOException {
    await(prompt);
    session.keyboard.press(Keys.of(text, "Return"));
    awaitRead(prompt, text);
    session.desktop.screenshot(prompt.replace(" ", ""));
  }

  /**
   * The keys the input method saw, without those that type nothing. The Return that ends a line is
   * offered too, unless the Return before it still fences: so it is left out as well.
   */
  String seen() {
    return Keys.named(
        session.ime.seen().stream().filter(key -> key != SHIFT && key != Keys.RETURN).toList());
  }
}
