package org.keywarden.desktop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.testbed.Await;

/** Firefox, through GTK 3. */
final class FirefoxIT extends ClientContract {
  private static final String PREFERENCES =
      """
      user_pref("browser.aboutwelcome.enabled", false);
      user_pref("browser.shell.checkDefaultBrowser", false);
      user_pref("browser.startup.homepage_override.mstone", "ignore");
      user_pref("datareporting.policy.dataSubmissionEnabled", false);
      user_pref("app.normandy.enabled", false);
      user_pref("app.update.enabled", false);
      user_pref("signon.rememberSignons", false);
      user_pref("signon.autofillForms", false);
      user_pref("security.insecure_field_warning.contextual.enabled", false);
      """;

  FirefoxIT() {
    super(
        "5-firefox",
        "keywarden-browser",
        List.of(
            Secret.toldLate("password", "text0", "input of type password"),
            Secret.toldLate("password-plain-mode", "text1", "the same with inputmode text")),
        List.of(Secret.told("masked", "", "input of type text, masked by CSS")));
  }

  @Override
  String client(Desktop desktop) {
    return "Firefox " + desktop.version("firefox-esr");
  }

  @Override
  Application launch(Session session) throws IOException {
    return launch(session, session.page(), "");
  }

  /** Until its first text can be read, nothing is composed ({@code LateAnnouncers}). */
  @Override
  void firstFocus(Session session) {
    session.focus("text0");
    session.keyboard.press(List.of("x"));
    session.awaitText("text0", "x");
    show(session);
  }

  /** With each key Firefox tells the text; this one types nothing. */
  private static void show(Session session) {
    Await.until(
        "input method that composes",
        () -> {
          session.keyboard.press(List.of("Shift_L"));
          return session.broker.composes();
        },
        session.broker::status);
  }

  static Application launch(Session session, PageApplication page, String query)
      throws IOException {
    Path profile = Files.createDirectories(session.desktop.home().resolve("firefox"));
    Files.writeString(profile.resolve("user.js"), PREFERENCES);
    session.desktop.set("MOZ_ENABLE_WAYLAND", "0");
    session.desktop.set("MOZ_CRASHREPORTER_DISABLE", "1");
    session.desktop.run(
        "application",
        "firefox-esr",
        "--profile",
        profile.toString(),
        "--new-instance",
        "--no-remote",
        page.address() + query);
    return page;
  }
}
