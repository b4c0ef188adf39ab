package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A terminal, which says nothing when a program in it asks for a password. */
final class VteIT {
  private static Application launch(Session session) throws IOException {
    Path report = session.desktop.home().resolve("prompts");
    session.python("vte.py", report.toString());
    return new PromptsApplication(report);
  }

  /**
   * @param waits whether GTK waits for the answer to each key
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noKeyOfAPasswordPromptIsSeen(boolean waits) throws IOException {
    String name = waits ? "6-vte-synchronous" : "6-vte";
    try (Session session = Session.start(name)) {
      String version = "VTE " + session.desktop.version("libvte-2.91-0");
      Table table =
          new Table(Session.output(), waits ? version + ", IBUS_ENABLE_SYNC_MODE=1" : version);
      session.desktop.set("IBUS_ENABLE_SYNC_MODE", waits ? "1" : "0");
      session.launch(VteIT::launch, "keywarden-vte");
      Prompts prompts = new Prompts(session);
      List<String> words = new ArrayList<>(List.of("k a n a"));
      prompts.composeAndAnswer("line 1", "read -s");
      table.add(
          "line, then `read -s`",
          "`kana` Return Return `p4ssw0rd` Return without a pause",
          "k a n a Return",
          "かな, `p4ssw0rd`");
      for (String prompt : List.of("line 2", "getpass", "line 3", "keys")) {
        if (prompt.equals("getpass")) {
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
      table.write(name);
    }
  }
}
