package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** GTK 3 on sway, by its text input alone: no IBus module, no X server. */
final class SwayIT extends ClientContract {
  SwayIT() {
    super(
        "9-sway",
        "keywarden-gtk3",
        List.of(
            Secret.told("purpose-password", "text0", "entry with purpose PASSWORD"),
            Secret.told("purpose-pin", "text1", "entry with purpose PIN"),
            Secret.told("hidden-password", "text3", "purpose PASSWORD and visibility off")),
        List.of(Secret.told("hidden", "", "entry with visibility off and no purpose")));
  }

  @Override
  Desktop.Display display() {
    return SwayKeyboard::start;
  }

  @Override
  String client(Desktop desktop) {
    return "GTK %s on sway %s".formatted(desktop.version("libgtk-3-0"), desktop.version("sway"));
  }

  /** The application tells the compositor, which tells the broker: keys come another way. */
  @Override
  void awaitSecret(Session session) {
    session.broker.awaitGuarded();
  }

  /** What moves the focus may be an echo of text, so keys typed ahead wait for the hold limit. */
  @Override
  boolean composesAfterEachFocus() {
    return false;
  }

  /**
   * What the compositor gives to a broker before the kernel has closed its socket is gone; how long
   * that takes is the machine's matter. What is typed from then on arrives, or the test before this
   * would not have ended.
   */
  @Override
  long mostLostWithTheBroker(Session session) {
    return Long.MAX_VALUE;
  }

  @Test
  void noKeyTypedBehindReturnAndTabIsSeen() {
    Secret secret = Secret.told("purpose-password", "text0", "");
    for (int i = 0; i < 10; i++) {
      assertEquals(0, seenBehind(secret, "Return", "Tab"));
    }
  }

  @Override
  Application launch(Session session) throws IOException {
    return session.python("gtk3.py");
  }
}
