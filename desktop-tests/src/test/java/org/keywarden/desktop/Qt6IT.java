package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Qt 6 with the IBus plugin it brings: what {@link Qt5IT} shows in full, in short. */
final class Qt6IT {
  private static final String ORDER = "3-qt6";

  @Test
  void kanaAppearAndNoKeyOfASecretFieldIsSeen() throws IOException {
    try (Session session = Session.start(ORDER)) {
      Table table = new Table(Session.output(), "Qt " + session.desktop.version("libqt6gui6"));
      session.launch(in -> in.python("qt.py", "6"), "keywarden-qt6");
      session.focusToCompose("text0");
      session.compose("text0", "kana", "かな");
      table.add("text", "`kana` Return", "k a n a Return", "かな");
      new BehindReturn(session).compose(table);
      session.seenSince("text0");
      for (String secret : List.of("echo-password", "echo-none", "hint-hidden")) {
        session.focus(secret);
        session.keyboard.press(Keys.of(ClientContract.PASSWORD));
        session.awaitText(secret, ClientContract.PASSWORD);
        assertEquals("", Keys.named(session.seenSince("text0")), secret);
        table.add("line edit " + secret, "`p4s5w0rd`", "0", "`p4s5w0rd`");
      }
      session.desktop.screenshot("end");
      table.write(ORDER);
    }
  }
}
