package org.keywarden.broker.plugin.engines;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where engines and what they need are.
 *
 * @param components directories of component files, the first counts most
 * @param profiles the user's own
 * @param host the installed engine host: {@code lib} and {@code profile} below it
 * @param exec the command that starts it, up to its arguments
 * @param kept where copies and listings are kept, private to the broker
 */
public record EnginePlaces(
    List<Path> components, Path profiles, Path host, List<String> exec, Path kept) {
  private static final Path OF_PACKAGES = Path.of("/usr/share/ibus/component");

  public EnginePlaces {
    components = List.copyOf(components);
    exec = List.copyOf(exec);
  }

  /** Where an engine has its home: what it keeps. */
  Path home(String plugin) {
    return kept.resolveSibling("plugins").resolve(plugin);
  }

  /** Where component files are: {@code IBUS_COMPONENT_PATH} takes the place of the packages'. */
  public static List<Path> components(Map<String, String> environment) {
    String given = environment.getOrDefault("IBUS_COMPONENT_PATH", "");
    return given.isEmpty()
        ? List.of(OF_PACKAGES)
        : Stream.of(given.split(":", -1))
            .filter(each -> each.startsWith("/"))
            .map(Path::of)
            .toList();
  }

  /** What the user configured, by the XDG Base Directory Specification 0.8. */
  public static Path configuration(Map<String, String> environment) {
    String given = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base =
        given.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".config")
            : Path.of(given);
    return base.resolve("keywarden").toAbsolutePath();
  }
}
