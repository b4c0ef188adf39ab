package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A terminal, which says nothing when a program in it asks for a password. */
final class VteIT {
  /**
   * @param within what runs the prompts in the terminal
   */
  private static Session.Launch launch(String... within) {
    return session -> {
      Path report = session.desktop.home().resolve("prompts");
      List<String> arguments = new ArrayList<>(List.of(report.toString()));
      arguments.addAll(List.of(within));
      session.python("vte.py", arguments.toArray(String[]::new));
      return new PromptsApplication(report);
    };
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
      session.launch(launch(), "keywarden-vte");
      Prompts prompts = new Prompts(session);
      List<String> words = new ArrayList<>(List.of("k a n a"));
      prompts.composeAndAnswer("line 1", "read -s");
      table.add(
          "line, then `read -s`",
          "`kana` Return Return `p4ssw0rd` Return without a pause",
          "k a n a Return",
          "かな, `p4ssw0rd`");
      words.addAll(answerAll(prompts, table));
      table.add("line", "`kana` Return Return", "k a n a Return", "かな");
      table.add("single keys, not shown", "`kana` Return Return", "k a n a Return", "かな");
      prompts.await("");
      session.desktop.screenshot("end");
      assertEquals(String.join(" ", words), prompts.seen());
      table.write(name);
    }
  }

  /** Answers what comes after the first two prompts; says what the input method is to see. */
  private static List<String> answerAll(Prompts prompts, Table table) throws IOException {
    List<String> words = new ArrayList<>();
    for (String prompt :
        List.of(
            "line 2",
            "getpass",
            "line 3",
            "keys",
            "systemd-ask-password",
            "line 4",
            "read -s -n 1",
            "line 5",
            "pinentry-curses",
            "line 6")) {
      if (prompt.startsWith("line") || prompt.equals("keys")) {
        prompts.compose(prompt);
        words.add("k a n a");
      } else {
        prompts.answer(prompt, Prompts.PASSWORD);
        table.add("prompt of `" + prompt + "`", "`p4ssw0rd` Return", "0", "`p4ssw0rd`");
      }
    }
    return words;
  }

  /** The terminal that is seen from outside takes single keys all the time. */
  @ParameterizedTest
  @ValueSource(strings = {"tmux -f tmux.conf -S tmux.socket new", "screen -c screenrc"})
  void noKeyOfAPasswordPromptInAMultiplexerIsSeen(String command) throws IOException {
    String name = command.replaceAll(" .*", "");
    try (Session session = Session.start("6-vte-" + name)) {
      Table table =
          new Table(
              Session.output(),
              "VTE "
                  + session.desktop.version("libvte-2.91-0")
                  + ", "
                  + name
                  + " "
                  + session.desktop.version(name));
      Path home = session.desktop.home();
      // Neither is to stay behind when its terminal goes.
      Files.writeString(home.resolve("tmux.conf"), "set -g destroy-unattached on\n");
      Files.writeString(home.resolve("screenrc"), "autodetach off\n");
      session.desktop.set("SCREENDIR", home.resolve("run").toString());
      session.launch(launch(command.split(" ", -1)), "keywarden-vte");
      Prompts prompts = new Prompts(session);
      prompts.compose("line 1");
      prompts.answer("read -s", Prompts.PASSWORD);
      table.add("prompt of `read -s`", "`p4ssw0rd` Return", "0", "`p4ssw0rd`");
      List<String> words = new ArrayList<>(List.of("k a n a"));
      words.addAll(answerAll(prompts, table));
      table.add("line", "`kana` Return Return", "k a n a Return", "かな");
      prompts.await("");
      session.desktop.screenshot("end");
      assertEquals(String.join(" ", words), prompts.seen());
      table.write("6-vte-" + name);
    }
  }
}
