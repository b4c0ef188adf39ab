package org.keywarden.desktop;

import java.io.IOException;
import java.util.List;

/** Chromium, through GTK 3 as it comes. */
final class ChromiumIT extends ClientContract {
  ChromiumIT() {
    super(
        "2-chromium",
        "keywarden-browser",
        List.of(
            Secret.kept("password", "text0", "input of type password"),
            Secret.kept("password-plain-mode", "text1", "the same with inputmode text")),
        List.of(Secret.told("masked", "", "input of type text, masked by CSS")));
  }

  @Override
  String client(Desktop desktop) {
    return "Chromium " + desktop.version("chromium");
  }

  @Override
  Application launch(Session session) throws IOException {
    PageApplication page = session.page();
    session.desktop.run(
        "application",
        "chromium",
        // The system's administrator may run these tests, and Chromium's own sandbox refuses that.
        "--no-sandbox",
        "--ozone-platform=x11",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        // Otherwise the keyring's dialog takes the keyboard.
        "--password-store=basic",
        "--user-data-dir=" + session.desktop.home().resolve("chromium"),
        "--app=" + page.address());
    return page;
  }
}
