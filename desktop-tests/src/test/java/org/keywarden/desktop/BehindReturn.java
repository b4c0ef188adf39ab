package org.keywarden.desktop;

import java.util.ArrayList;
import java.util.List;
import org.keywarden.testbed.Await;

/** Words typed as a fast typist does, a Return that is the application's behind each. */
final class BehindReturn {
  /** Between two keys, in milliseconds. */
  private static final int PAUSE = 60;

  /** Typed in one go. */
  private static final int WORDS = 10;

  /** Of them, where the first alone would be composed if nothing were known of Return. */
  private static final int ENOUGH = 3;

  private final Session session;

  BehindReturn(Session session) {
    this.session = session;
  }

  /**
   * Types them until enough are composed: on a busy machine an application may be late.
   *
   * @param table takes how many were
   */
  void compose(Table table) {
    int[] composed = new int[1];
    Await.until(
        "words composed behind Return",
        () -> (composed[0] = type()) >= ENOUGH,
        () -> composed[0] + " of " + WORDS);
    table.add(
        "text",
        "`ka` Return Return, %d times, 60 ms between keys".formatted(WORDS),
        "not counted",
        "か %d times".formatted(composed[0]));
  }

  /** Types them; how many were composed. */
  private int type() {
    session.focusToCompose("text0");
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < WORDS; i++) {
      keys.addAll(Keys.of("ka", "Return", "Return"));
    }
    keys.addAll(Keys.of("0", "Return"));
    session.keyboard.press(PAUSE, keys);
    Await.until("all words", () -> session.text("text0").endsWith("0"), session::fields);
    return (int) session.text("text0").chars().filter(letter -> letter == 'か').count();
  }
}
