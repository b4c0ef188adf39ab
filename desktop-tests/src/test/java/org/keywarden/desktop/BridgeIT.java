package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keywarden.testbed.Await;

/** Tk through ibus-x11, which the broker keeps running for programs that speak X's own protocol. */
final class BridgeIT {
  static final String BRIDGE = "/usr/libexec/ibus-x11";

  /** Longer than keys behind a Left or Tab are kept from the input method, in milliseconds. */
  private static final int BEHIND_THE_FENCE = 300;

  private static final String TITLE = "keywarden-tk";

  /** Waits until X programs can use the bridge, which says that it is there before it is ready. */
  static void await(Session session) {
    String probe = Session.script("xim.py").toString();
    Await.until(
        "input method of X",
        () -> session.desktop.ask("python3", probe).status() == 0,
        () -> session.desktop.ask("xprop", "-root", "XIM_SERVERS").text());
  }

  private static void type(Session session, String... keys) {
    List<String> all = new ArrayList<>();
    for (String each : keys) {
      all.addAll(each.matches("[a-z]{2}") ? Keys.of(each) : List.of(each));
    }
    session.keyboard.press(BEHIND_THE_FENCE, all);
  }

  @Test
  void aKeyThatEndsACompositionComesBehindItsText() throws Exception {
    try (Session session = Session.start("8-tk")) {
      Table table = new Table(Session.output(), "Tk " + session.desktop.version("libtk8.6"));
      await(session);
      session.launch(each -> each.python("tk.py"), TITLE);
      session.broker.allow(BRIDGE);
      session.keyboard.refocusWindow(TITLE);
      session.keyboard.press(List.of("Shift_L"));

      session.focusToCompose("text");
      type(session, "ka", "Left", "ki", "Return");
      session.awaitText("text", "きか");
      table.add("entry", "`ka` Left `ki` Return", "k a Left k i Return", "きか");

      session.focusToCompose("text");
      type(session, "ka", "Tab");
      Await.until("Tab", () -> session.fields().focus().equals("stars"), session::fields);
      assertEquals("か", session.text("text"));
      assertEquals("", session.text("stars"));
      table.add("entry, then one that shows `*`", "`ka` Tab", "k a Tab", "か, nothing");

      session.broker.kill();
      session.broker.startAgain();
      await(session);
      session.keyboard.refocusWindow(TITLE);
      session.focusToCompose("text");
      type(session, "ka", "Return");
      session.awaitText("text", "か");
      table.add("entry, after the broker was killed", "`ka` Return", "k a Return", "か");
      table.write("8-tk");
    }
  }
}
