package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A terminal, which says nothing when a program in it asks for a password. */
final class VteIT {
  private static Application launch(Session session) throws IOException {
    Path report = session.desktop.home().resolve("prompts");
    session.python("vte.py", report.toString());
    return new PromptsApplication(report);
  }

  @Test
  void noKeyOfAPasswordPromptIsSeen() throws IOException {
    try (Session session = Session.start("6-vte")) {
      Table table = new Table(Session.output(), "VTE " + session.desktop.version("libvte-2.91-0"));
      session.launch(VteIT::launch, "keywarden-vte");
      Prompts prompts = new Prompts(session);
      List<String> words = new ArrayList<>();
      for (String prompt : List.of("line 1", "read -s", "line 2", "getpass", "line 3", "keys")) {
        if (prompt.equals("read -s") || prompt.equals("getpass")) {
          prompts.answer(prompt, Prompts.PASSWORD);
          table.add("prompt of `" + prompt + "`", "`p4ssw0rd` Return", "0", "`p4ssw0rd`");
        } else {
          prompts.compose(prompt);
          words.add("k a n a");
        }
      }
      table.add("line", "`kana` Return Return", "k a n a Return", "かな");
      table.add("single keys, not shown", "`kana` Return Return", "k a n a Return", "かな");
      prompts.await("line 4");
      session.desktop.screenshot("end");
      assertEquals(String.join(" ", words), prompts.seen());
      table.write("6-vte");
    }
  }
}
