package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.testbed.Await;

/**
 * xterm through ibus-x11, the bridge for programs that speak X's own input method protocol: nothing
 * is known of their fields but what terminals show.
 */
final class XtermIT {
  private static final String BRIDGE = "/usr/libexec/ibus-x11";
  private static final String TITLE = "keywarden-xterm";

  private static Application launch(Session session) throws IOException {
    Path report = session.desktop.home().resolve("prompts");
    Path prompts = session.script("prompts.py");
    session.desktop.run(
        "xterm", "xterm", "-T", TITLE, "-e", "python3", prompts.toString(), report.toString());
    return new PromptsApplication(report);
  }

  /** Starts the bridge as `ibus-daemon -drx` does, and waits until X programs can find it. */
  private static void startBridge(Desktop desktop) throws IOException {
    Path runtime = desktop.home().resolve("run");
    Files.createSymbolicLink(runtime.resolve("keywarden"), runtime.resolve("kw"));
    // By way of env, which looks for it on the session's own PATH.
    assertEquals(0, desktop.ask("env", "ibus-daemon", "-drx").status());
    Await.until(
        "input method of X",
        () -> desktop.ask("xprop", "-root", "XIM_SERVERS").text().contains("ibus"),
        () -> desktop.ask("xprop", "-root", "XIM_SERVERS").text());
  }

  @Test
  void onlyAProgramThatWasAllowedComposesAndNoPromptDoes() throws IOException {
    try (Session session = Session.start("8-xterm")) {
      Table table = new Table(Session.output(), "xterm " + session.desktop.version("xterm"));
      startBridge(session.desktop);
      session.launch(XtermIT::launch, TITLE);
      Prompts prompts = new Prompts(session);
      Await.until(
          "field that is guarded",
          () -> session.broker.status().getRoute() == Route.ROUTE_GUARDED,
          session.broker::status);
      prompts.answer("line 1", "kana");
      table.add("line, ibus-x11 not allowed", "`kana` Return", "0", "`kana`");
      prompts.answer("read -s", Prompts.PASSWORD);
      table.add("prompt of `read -s`, not allowed", "`p4ssw0rd` Return", "0", "`p4ssw0rd`");
      assertEquals("", prompts.seen());

      session.broker.allow(BRIDGE);
      session.keyboard.refocusWindow(TITLE);
      prompts.compose("line 2");
      session.desktop.screenshot("kana");
      table.add("line, ibus-x11 allowed", "`kana` Return Return", "k a n a Return", "かな");
      prompts.answer("getpass", Prompts.PASSWORD);
      table.add("prompt of `getpass`, allowed", "`p4ssw0rd` Return", "0", "`p4ssw0rd`");
      prompts.compose("line 3");
      assertEquals("k a n a k a n a", prompts.seen());
      table.write("8-xterm");
    }
  }
}
