package org.keywarden.broker.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.frontdoor.ibus.panel.SwitchKey;
import org.keywarden.broker.plugin.engines.EnginePlaces;
import org.keywarden.broker.plugin.installed.InstalledPlugins;
import org.keywarden.broker.seat.SeatLimits;
import org.keywarden.broker.session.SessionWatch;
import org.keywarden.hardening.Installation;

/**
 * How the broker is started.
 *
 * @param runtimeDirectory sockets and the lock
 * @param stateDirectory what plugins and the broker keep
 * @param policy policy file, null for the built-in default
 * @param plugins directories that hold one directory per plugin
 * @param home the installation
 * @param configuration what the user configured
 * @param selected id of what composes at first, empty for the first enabled or the first found
 * @param desktop whether to become the session's input method
 * @param replace whether to become so even where another daemon is
 * @param allowUnsandboxed whether plugins run even where they cannot be isolated
 * @param withoutLockSources names of what is not asked whether the screen is locked
 * @param panel whether a panel is started where the desktop has none
 * @param switchKey chord that switches the input method, empty for none
 * @param retentionDays how long records of the grant log are kept at least, 0 for ever
 * @param accessibility whether the accessibility bus is listened to where the session has one
 * @param engineIdle how long an engine that nobody uses stays up
 * @param answerMillis how long a key may be with an input method before the application has it
 */
record Options(
    Path runtimeDirectory,
    Path stateDirectory,
    @Nullable Path policy,
    List<Path> plugins,
    Path home,
    Path configuration,
    String selected,
    boolean desktop,
    boolean replace,
    boolean allowUnsandboxed,
    boolean accessibility,
    Set<String> withoutLockSources,
    boolean panel,
    Optional<SwitchKey.Chord> switchKey,
    int retentionDays,
    Duration engineIdle,
    int answerMillis) {

  /** A year's records stay comparable with those of the year before, for a month. */
  private static final int DEFAULT_RETENTION_DAYS = 400;

  private static final int MOST_RETENTION_DAYS = 36_500;
  private static final Duration DEFAULT_IDLE = Duration.ofMinutes(10);
  private static final int MOST_IDLE_SECONDS = 86_400;
  private static final int LEAST_ANSWER_MILLIS = 10;

  private static final int MOST_ANSWER_MILLIS = 10_000;

  static final String USAGE =
      """
      usage: broker --home DIR [--runtime-dir DIR] [--state-dir DIR] [--policy FILE]
                    [--plugins DIR]... [--ime ID] [--desktop yes|no] [--replace yes|no]
                    [--accessibility yes|no] [--without-lock-source NAME]... [--panel yes|no]
                    [--switch-key KEY|none] [--allow-unsandboxed] [--log-retention DAYS] [--answer-within MILLISECONDS]
                    [--config-dir DIR] [--engine-idle SECONDS]
      """;

  /** Arguments that make no sense; the message says which. */
  static final class Misused extends Exception {
    Misused(String message) {
      super(message);
    }
  }

  /**
   * @param environment for the XDG base directories (XDG Base Directory Specification 0.8)
   */
  static Options parse(List<String> arguments, Map<String, String> environment, long uid)
      throws Misused {
    int retention = DEFAULT_RETENTION_DAYS;
    int answer = USUAL_ANSWER_MILLIS;
    Path runtime = runtimeDirectory(environment, uid);
    Path state = stateDirectory(environment);
    Path policy = null;
    Path home = null;
    Path configuration = EnginePlaces.configuration(environment);
    Duration idle = DEFAULT_IDLE;
    String selected = "";
    boolean desktop = false;
    boolean replace = false;
    boolean accessibility = true;
    Set<String> withoutLockSources = new TreeSet<>();
    boolean panel = true;
    Optional<SwitchKey.Chord> switchKey = SwitchKey.Chord.parse("Super+space");
    List<Path> plugins = new ArrayList<>();
    boolean allowUnsandboxed = arguments.contains("--allow-unsandboxed");
    List<String> valued = arguments.stream().filter(a -> !a.equals("--allow-unsandboxed")).toList();
    for (int i = 0; i < valued.size(); i += 2) {
      String option = valued.get(i);
      if (i + 1 == valued.size()) {
        throw new Misused(option + " needs a value");
      }
      String value = valued.get(i + 1);
      switch (option) {
        case "--runtime-dir" -> runtime = Path.of(value).toAbsolutePath().normalize();
        case "--state-dir" -> state = Path.of(value).toAbsolutePath().normalize();
        case "--policy" -> policy = Path.of(value).toAbsolutePath().normalize();
        case "--plugins" -> plugins.add(Path.of(value).toAbsolutePath().normalize());
        case "--home" -> home = Path.of(value).toAbsolutePath().normalize();
        case "--config-dir" -> configuration = Path.of(value).toAbsolutePath().normalize();
        case "--engine-idle" -> idle = seconds(value);
        case "--log-retention" -> retention = days(value);
        case "--answer-within" -> answer = milliseconds(value);
        case "--ime" -> selected = value;
        case "--desktop" -> desktop = yes(option, value);
        case "--replace" -> replace = yes(option, value);
        case "--accessibility" -> accessibility = yes(option, value);
        case "--without-lock-source" -> withoutLockSources.add(lockSource(value));
        case "--panel" -> panel = yes(option, value);
        case "--switch-key" -> switchKey = chord(value);
        default -> throw new Misused("unknown option " + option);
      }
    }
    if (home == null) {
      throw new Misused("--home is needed: the installation directory");
    }
    if (plugins.isEmpty()) {
      plugins.add(new Installation(home).plugins());
      plugins.add(InstalledPlugins.directory(environment));
    }
    return new Options(
        runtime,
        state,
        policy,
        List.copyOf(plugins),
        home,
        configuration,
        selected,
        desktop,
        replace,
        allowUnsandboxed,
        accessibility,
        Set.copyOf(withoutLockSources),
        panel,
        switchKey,
        retention,
        idle,
        answer);
  }

  private static String lockSource(String name) throws Misused {
    if (SessionWatch.names().contains(name)) {
      return name;
    }
    throw new Misused(
        "--without-lock-source is one of "
            + String.join(", ", SessionWatch.names())
            + ", not "
            + name);
  }

  private static Optional<SwitchKey.Chord> chord(String text) throws Misused {
    Optional<SwitchKey.Chord> chord = SwitchKey.Chord.parse(text);
    if (chord.isEmpty() && !text.equals("none")) {
      throw new Misused("--switch-key is none or a key such as Super+space, not " + text);
    }
    return chord;
  }

  private static boolean yes(String option, String value) throws Misused {
    return switch (value) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new Misused(option + " is yes or no, not " + value);
    };
  }

  private static int days(String text) throws Misused {
    try {
      int days = Integer.parseInt(text);
      if (days >= 0 && days <= MOST_RETENTION_DAYS) {
        return days;
      }
    } catch (NumberFormatException e) {
      throw new Misused("--log-retention is a number of days, not " + text);
    }
    throw new Misused("--log-retention is between 0 (for ever) and " + MOST_RETENTION_DAYS);
  }

  private static Duration seconds(String text) throws Misused {
    if (text.matches("[0-9]{1,5}")
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= MOST_IDLE_SECONDS) {
      return Duration.ofSeconds(Integer.parseInt(text));
    }
    throw new Misused(
        "--engine-idle is a number of seconds between 1 and "
            + MOST_IDLE_SECONDS
            + ", not "
            + text);
  }

  private static int milliseconds(String text) throws Misused {
    if (text.matches("[0-9]{1,5}")) {
      int given = Integer.parseInt(text);
      if (given >= LEAST_ANSWER_MILLIS && given <= MOST_ANSWER_MILLIS) {
        return given;
      }
    }
    throw new Misused(
        "--answer-within is a number of milliseconds between "
            + LEAST_ANSWER_MILLIS
            + " and "
            + MOST_ANSWER_MILLIS
            + ", not "
            + text);
  }

  /** Where the installation's files are. */
  Installation installation() {
    return new Installation(home);
  }

  /** The seat's times and bounds. */
  SeatLimits limits() {
    return SeatLimits.DEFAULT.answeredWithin(TimeUnit.MILLISECONDS.toNanos(answerMillis));
  }

  /** What a key may take unless another time is given. */
  static final int USUAL_ANSWER_MILLIS =
      (int) TimeUnit.NANOSECONDS.toMillis(SeatLimits.DEFAULT.answer());

  private static Path runtimeDirectory(Map<String, String> environment, long uid) {
    String xdg = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    return xdg.isEmpty() ? Path.of("/tmp/keywarden-" + uid) : Path.of(xdg, "keywarden");
  }

  /** Where the state is unless another place is given. */
  static Path stateDirectory(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = environment.getOrDefault("HOME", "/");
    return xdg.isEmpty()
        ? Path.of(home, ".local", "state", "keywarden")
        : Path.of(xdg, "keywarden");
  }
}
