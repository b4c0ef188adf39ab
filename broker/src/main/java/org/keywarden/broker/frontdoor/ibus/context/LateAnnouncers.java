package org.keywarden.broker.frontdoor.ibus.context;

import java.util.Locale;
import java.util.Set;

/**
 * The browsers and mail programs built on Gecko. Each of their windows has one context for all its
 * fields and tells it what a field is only if the window already had the focus of the input method
 * when that field was focused. Otherwise the context goes on saying what it said last, or, if it
 * never had the focus, that the field is an ordinary one: so does a password field that is the
 * first of a window, or that a page focused while another window was used.
 */
final class LateAnnouncers {
  private static final Set<String> PROGRAMS =
      Set.of(
          "abrowser",
          "basilisk",
          "betterbird",
          "firefox",
          "firefox-bin",
          "firefox-esr",
          "firefox.real",
          "floorp",
          "icecat",
          "icedove",
          "iceweasel",
          "librewolf",
          "mullvadbrowser",
          "mullvadbrowser.real",
          "org.mozilla.firefox",
          "org.mozilla.thunderbird",
          "palemoon",
          "seamonkey",
          "thunderbird",
          "thunderbird-bin",
          "torbrowser",
          "waterfox",
          "zen",
          "zen-bin",
          "zotero",
          "zotero-bin");

  private LateAnnouncers() {}

  /**
   * Whether a client is one of them, by its program or by what it calls itself: to be taken for one
   * only takes something away.
   *
   * @param name as given to {@code CreateInputContext}: the toolkit's, a colon, the program's
   * @param program the file's name, without directories
   */
  static boolean include(String name, String program) {
    return PROGRAMS.contains(plain(name.substring(name.indexOf(':') + 1)))
        || PROGRAMS.contains(plain(program));
  }

  private static String plain(String program) {
    int end = program.indexOf(' ');
    return (end < 0 ? program : program.substring(0, end)).toLowerCase(Locale.ROOT);
  }
}
