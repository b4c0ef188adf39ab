package org.keywarden.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keywarden.testbed.Await;

/** GTK 3 by way of the session bus, as in Flatpak: with ibus-gtk3 in its portal mode. */
final class PortalIT extends ClientContract {
  private static final String PORTAL = "org.freedesktop.portal.IBus";

  PortalIT() {
    super("7-gtk3-portal", "keywarden-gtk3", Gtk3IT.SECRETS, Gtk3IT.UNRECOGNISED);
  }

  @Override
  String client(Desktop desktop) {
    return "GTK " + desktop.version("libgtk-3-0") + ", portal";
  }

  @Override
  Application launch(Session session) throws IOException {
    session.desktop.set("IBUS_USE_PORTAL", "1");
    return session.python("gtk3.py");
  }

  /** Started like an application; what it says of the contexts up to its own. */
  private static List<String> outcomes(Process stranger) throws IOException {
    BufferedReader said = stranger.inputReader();
    int own = Integer.parseInt(said.readLine());
    List<String> all = new ArrayList<>();
    for (int i = 0; i < own; i++) {
      all.add(said.readLine());
    }
    return all;
  }

  @Test
  void contextsAreTheirMakersAndEndWithIt() throws IOException {
    Desktop desktop = session().desktop;
    Process first =
        desktop.run("stranger", "/usr/bin/python3", session().script("portal.py").toString());
    List<String> toFirst = outcomes(first);
    List<String> others = toFirst.subList(0, toFirst.size() - 1);
    assertTrue(others.contains("AccessDenied"), others::toString);
    Set<String> kinds = new HashSet<>(others);
    kinds.remove("UnknownObject");
    assertEquals(Set.of("AccessDenied"), kinds);
    assertEquals("done", toFirst.getLast());
    Desktop.end(first);
    Await.until(
        "end of the contexts of an application that ended",
        () -> outcome(desktop, toFirst.size()).endsWith("UnknownObject"),
        () -> outcome(desktop, toFirst.size()));
    session().focusToCompose("text0");
    session().compose("text0", "ka", "か");
  }

  private static String outcome(Desktop desktop, int context) {
    return desktop
        .ask(
            "/bin/sh",
            "-c",
            "gdbus call --session --dest "
                + PORTAL
                + " --object-path /org/freedesktop/IBus/InputContext_"
                + context
                + " --method org.freedesktop.IBus.InputContext.FocusOut 2>&1"
                + " | sed -n 's/.*\\(UnknownObject\\|AccessDenied\\).*/\\1/p'")
        .text();
  }
}
