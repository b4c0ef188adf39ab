package org.keywarden.desktop;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program with a runtime directory of its own (firejail, PrivateTmp, containers). */
final class PrivateRuntimeIT {
  @Test
  void aProgramThatSeesNoFileOfOursComposes() throws IOException {
    try (Session session = Session.start("private-runtime")) {
      session.launch(PrivateRuntimeIT::hidden, "keywarden-gtk3");
      session.focusToCompose("text0");
      session.compose("text0", "kana", "かな");
      session.desktop.screenshot("composed");
    }
  }

  private static Application hidden(Session session) throws IOException {
    String runtime = session.desktop.home().resolve("run").toString();
    return new ConsoleApplication(
        session.desktop.run(
            "application",
            List.of(
                "/usr/bin/bwrap",
                "--dev-bind",
                "/",
                "/",
                "--tmpfs",
                runtime,
                "/usr/bin/python3",
                Session.script("gtk3.py").toString())));
  }
}
