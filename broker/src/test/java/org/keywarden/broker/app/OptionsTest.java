package org.keywarden.broker.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the broker reads its arguments. */
final class OptionsTest {
  private static final Map<String, String> XDG =
      Map.of("XDG_RUNTIME_DIR", "/run/user/7", "XDG_STATE_HOME", "/s", "HOME", "/h");

  private static Options parse(String... arguments) throws Options.Misused {
    return Options.parse(List.of(arguments), XDG, 7);
  }

  @Test
  void directoriesFollowTheXdgSpecification() throws Options.Misused {
    Options options = parse("--home", "/opt/kw");
    assertEquals(Path.of("/run/user/7/keywarden"), options.runtimeDirectory());
    assertEquals(Path.of("/s/keywarden"), options.stateDirectory());
    assertEquals(Path.of("/opt/kw/plugins"), options.plugins().getFirst());
  }

  @Test
  void anEnvironmentThatSaysNothingHasItsDefaults() throws Options.Misused {
    Options options = Options.parse(List.of("--home", "/opt/kw"), Map.of("HOME", "/h"), 7);
    assertEquals(Path.of("/tmp/keywarden-7"), options.runtimeDirectory());
    assertEquals(Path.of("/h/.local/state/keywarden"), options.stateDirectory());
  }

  @Test
  void nothingIsSwitchedOnByItself() throws Options.Misused {
    Options options = parse("--home", "/opt/kw");
    assertFalse(options.allowUnsandboxed());
    assertFalse(options.desktop());
    assertEquals("", options.selected());
    assertTrue(options.accessibility());
    assertEquals(Set.of(), options.withoutLockSources());
    assertTrue(options.panel());
    assertTrue(options.switchKey().isPresent());
    assertEquals(400, options.retentionDays());
  }

  @Test
  void whatIsGivenIsTakenInAnyOrder() throws Options.Misused {
    Options options =
        parse(
            "--allow-unsandboxed",
            "--desktop",
            "yes",
            "--ime",
            "a.b",
            "--home",
            "/opt/kw",
            "--plugins",
            "/p",
            "--plugins",
            "/q",
            "--log-retention",
            "0",
            "--answer-within",
            "2000",
            "--without-lock-source",
            "logind",
            "--without-lock-source",
            "org.gnome.ScreenSaver",
            "--accessibility",
            "no",
            "--panel",
            "no",
            "--switch-key",
            "none");
    assertTrue(options.switchKey().isEmpty());
    assertEquals(Set.of("logind", "org.gnome.ScreenSaver"), options.withoutLockSources());
    assertFalse(options.accessibility());
    assertFalse(options.panel());
    assertTrue(options.allowUnsandboxed());
    assertTrue(options.desktop());
    assertEquals("a.b", options.selected());
    assertEquals(List.of(Path.of("/p"), Path.of("/q")), options.plugins());
    assertEquals(0, options.retentionDays());
    assertEquals(TimeUnit.SECONDS.toNanos(2), options.limits().answer());
    assertEquals(TimeUnit.SECONDS.toNanos(2), options.limits().firstAnswer());
    assertEquals(TimeUnit.SECONDS.toNanos(2), options.limits().cause());
  }

  @ParameterizedTest
  @CsvSource({
    "--policy,'',--policy needs a value",
    "--colour,red,unknown option --colour",
    "--switch-key,space,'--switch-key is none or a key such as Super+space, not space'",
    "--desktop,maybe,'--desktop is yes or no, not maybe'",
    "--log-retention,soon,'--log-retention is a number of days, not soon'",
    "--log-retention,-1,--log-retention is between 0 (for ever) and 36500",
    "--log-retention,36501,--log-retention is between 0 (for ever) and 36500",
    "--without-lock-source,x,'--without-lock-source is one of logind, org.cinnamon.ScreenSaver, org.freedesktop.ScreenSaver, org.gnome.ScreenSaver, org.mate.ScreenSaver, org.xfce.ScreenSaver, not x'",
    "--answer-within,9,'--answer-within is a number of milliseconds between 10 and 10000, not 9'",
    "--answer-within,10001,'--answer-within is a number of milliseconds between 10 and 10000, not 10001'",
  })
  void whatMakesNoSenseIsNamed(String option, String value, String complaint) {
    List<String> arguments =
        value.isEmpty()
            ? List.of("--home", "/opt/kw", option)
            : List.of("--home", "/opt/kw", option, value);
    Options.Misused misused =
        assertThrows(Options.Misused.class, () -> Options.parse(arguments, XDG, 7));
    assertEquals(complaint, misused.getMessage());
  }

  @Test
  void theInstallationMustBeKnown() {
    assertEquals(
        "--home is needed: the installation directory",
        assertThrows(Options.Misused.class, OptionsTest::parse).getMessage());
  }
}
