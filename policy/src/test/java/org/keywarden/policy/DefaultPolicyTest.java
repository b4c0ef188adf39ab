package org.keywarden.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in policy as a table: what it says, and which rule says so. */
final class DefaultPolicyTest {
  private static final CompiledPolicy POLICY = CompiledPolicy.standard();
  private static final Set<Right> NO_READING =
      Set.of(
          Right.RECEIVE_KEYS,
          Right.RECEIVE_RELEASES,
          Right.SET_PREEDIT,
          Right.COMMIT_TEXT,
          Right.SHOW_CANDIDATES,
          Right.FORWARD_KEY,
          Right.SHOW_PROPERTIES);

  @ParameterizedTest(name = "{0} {1}, announced {2}, {3} {4}, allowed {5}, locked {6}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # purpose | hints          | announced | name                | executable                   | allowed | locked | decision
          free_form |                | true      | gtk3-im:gedit       | /usr/bin/gedit               | false   | false  | announced: all, learns
          email     | latin          | true      | gtk4-im:x           | ''                           | false   | false  | announced: all, learns
          free_form | private        | true      | gtk3-im:firefox     | /usr/lib/firefox/firefox     | false   | false  | private: all, does not learn
          terminal  |                | true      | gtk3-im:gnome-term  | /usr/libexec/gnome-terminal- | false   | false  | terminal: no reading, learns
          terminal  | multiline      | true      | gtk3-im:gnome-term  | /usr/libexec/gnome-terminal- | true    | false  | terminal: no reading, learns
          terminal  | private        | true      | gtk3-im:gnome-term  | /usr/libexec/gnome-terminal- | false   | false  | private-terminal: no reading, does not learn
          free_form |                | false     | QIBusInputContext   | /usr/bin/kate                | false   | false  | self-protecting: all, learns
          free_form |                | false     | QIBusInputContext   | /usr/bin/kate                | true    | false  | self-protecting: all, learns
          free_form |                | false     | xQIBusInputContext  | /usr/bin/kate                | false   | false  | unannounced: guard
          free_form |                | false     | x                   | /usr/lib/chromium/chromium   | false   | false  | self-protecting: all, learns
          free_form |                | false     | x                   | /opt/google/chrome/chrome    | false   | false  | self-protecting: all, learns
          free_form |                | false     | x                   | /opt/google/chrome/chrome (deleted) | false | false | self-protecting: all, learns
          free_form |                | false     | x                   | /opt/app/electron            | false   | false  | self-protecting: all, learns
          free_form |                | false     | x                   | /tmp/notchrome               | false   | false  | unannounced: guard
          free_form |                | false     | x                   | /tmp/chrome/evil             | false   | false  | unannounced: guard
          free_form |                | false     | x                   | /tmp/chrome (deleted)x       | false   | false  | unannounced: guard
          free_form |                | false     | chromium            | /usr/bin/evil                | false   | false  | unannounced: guard
          free_form |                | false     | xim                 | /usr/libexec/ibus-x11        | false   | false  | unannounced: guard
          free_form |                | false     | xim                 | /usr/libexec/ibus-x11        | true    | false  | allowed: no reading, does not learn
          free_form |                | false     | wayland             | /usr/libexec/ibus-wayland    | false   | false  | unannounced: guard
          free_form |                | false     | SDL2_Application    | /usr/games/game              | false   | false  | unannounced: guard
          free_form |                | false     | GLFW_Application    | /usr/bin/kitty               | true    | false  | allowed: no reading, does not learn
          free_form |                | true      | gtk3-im:gedit       | /usr/bin/gedit               | false   | true   | locked: guard
          free_form |                | false     | QIBusInputContext   | /usr/bin/kate                | true    | true   | locked: guard
          terminal  |                | true      | gtk3-im:gnome-term  | ''                           | false   | true   | locked: guard
          """)
  void decides(
      String purpose,
      String hints,
      boolean announced,
      String name,
      String executable,
      boolean allowed,
      boolean locked,
      String expected) {
    Facts facts =
        new Facts(
            new FieldFacts(purpose, hints == null ? Set.of() : Set.of(hints), announced),
            new ApplicationFacts(name, executable, allowed),
            PolicyTexts.PLUGIN,
            new SessionFacts(locked));
    assertEquals(expected, describe(POLICY.decide(facts)));
  }

  private static String describe(Decision decision) {
    return switch (decision) {
      case Decision.Guard guard -> guard.rule() + ": guard";
      case Decision.Direct direct -> direct.rule() + ": direct";
      case Decision.Compose compose ->
          compose.rule()
              + ": "
              + rights(compose.rights())
              + ", "
              + (compose.learning() ? "learns" : "does not learn");
    };
  }

  private static String rights(Set<Right> rights) {
    if (rights.equals(Set.of(Right.values()))) {
      return "all";
    }
    return rights.equals(NO_READING)
        ? "no reading"
        : new TreeSet<>(rights).stream().map(Right::name).collect(Collectors.joining(" "));
  }
}
