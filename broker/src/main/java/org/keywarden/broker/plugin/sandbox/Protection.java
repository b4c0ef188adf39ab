package org.keywarden.broker.plugin.sandbox;

/**
 * One protection, and whether this machine gives it.
 *
 * @param name for people
 * @param found what was looked at and seen
 * @param remedy what to do, empty if nothing is missing
 */
public record Protection(String name, Level level, String found, String remedy) {
  /** How much of it there is. */
  public enum Level {
    PRESENT,
    /** Something weaker stands in for it. */
    WEAKER,
    /** Absent; plugins can be run all the same. */
    ABSENT,
    /** Absent, so plugins are not run. */
    FATAL
  }

  static Protection present(String name, String found) {
    return new Protection(name, Level.PRESENT, found, "");
  }

  /** Whether plugins can be run with what was found. */
  public boolean permitsPlugins() {
    return level != Level.FATAL;
  }
}
