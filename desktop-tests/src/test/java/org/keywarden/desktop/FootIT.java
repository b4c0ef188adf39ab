package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The terminal foot on sway: its one text input says that it is a terminal, whatever asks there.
 */
final class FootIT {
  private static final String NAME = "9-foot";
  private static final String TITLE = "keywarden-foot";

  private static Application launch(Session session) throws IOException {
    Path report = session.desktop.home().resolve("prompts");
    session.desktop.run(
        "foot",
        List.of(
            "foot", "-T", TITLE, "python3", Session.script("prompts.py") + "", report.toString()));
    return new PromptsApplication(report);
  }

  @Test
  void noKeyOfAPasswordPromptIsSeen() throws IOException {
    try (Session session = Session.start(NAME, SwayKeyboard::start)) {
      Table table =
          new Table(
              Session.output(),
              "foot %s on sway %s"
                  .formatted(session.desktop.version("foot"), session.desktop.version("sway")));
      session.launch(FootIT::launch, TITLE);
      Prompts prompts = new Prompts(session);
      prompts.compose("line 1");
      table.add("line", "`kana` Return Return", "k a n a Return", "かな");
      prompts.answer("read -s", Prompts.PASSWORD);
      table.add("prompt of `read -s`", "`p4ssw0rd` Return", "0", "`p4ssw0rd`");
      prompts.compose("line 2");
      prompts.answer("getpass", Prompts.PASSWORD);
      table.add("prompt of `getpass`", "`p4ssw0rd` Return", "0", "`p4ssw0rd`");
      prompts.compose("line 3");
      assertEquals("k a n a k a n a k a n a", prompts.seen());
      table.write(NAME);
    }
  }
}
