package org.keywarden.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.keywarden.testbed.Await;

/** Words typed as a fast typist does, a Return that is the application's behind each. */
final class BehindReturn {
  /** Between two keys, in milliseconds. */
  private static final int PAUSE = 60;

  private final Session session;
  private final int words;

  /**
   * @param words how many are typed in one go
   */
  BehindReturn(Session session, int words) {
    this.session = session;
    this.words = words;
  }

  /** Types them; how many were composed. */
  int type() {
    session.focusToCompose("text0");
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < words; i++) {
      keys.addAll(Keys.of("ka", "Return", "Return"));
    }
    keys.addAll(Keys.of("0", "Return"));
    session.keyboard.press(PAUSE, keys);
    Await.until("all words", () -> session.text("text0").endsWith("0"), session::fields);
    return (int) session.text("text0").chars().filter(letter -> letter == 'か').count();
  }

  /** Types them until enough are composed: on a busy machine an application may be late. */
  int typeUntil(IntPredicate enough) {
    int[] composed = new int[1];
    Await.until(
        "words composed behind Return",
        () -> enough.test(composed[0] = type()),
        () -> composed[0] + " of " + words);
    return composed[0];
  }
}
