package org.keywarden.ime;

/**
 * How a plugin's session came to its end. The statuses are those of sysexits.h.
 *
 * @param status of the process; 0 if the plugin served and the broker ended the session
 * @param sentence for the person who reads the plugin's output, empty if there is nothing to say
 */
record Ending(int status, String sentence) {
  private static final int USAGE = 64;
  private static final int UNAVAILABLE = 69;
  private static final int REFUSED = 77;

  static Ending served() {
    return new Ending(0, "");
  }

  static Ending notStartedByBroker(String missing) {
    return new Ending(
        USAGE,
        "this input method is a plugin of Keywarden and does not run by itself: "
            + missing
            + " is not set. Put it, with its manifest.yaml, where the broker looks for plugins;"
            + " the broker starts it.");
  }

  static Ending unreachable(String socket, String why) {
    return new Ending(
        UNAVAILABLE,
        "no broker serves KEYWARDEN_SOCKET=%s (%s). Is the broker running?".formatted(socket, why));
  }

  static Ending refused(String pluginId, String reason) {
    return new Ending(
        REFUSED,
        "the broker did not register %s: %s (proto/README.md explains it)"
            .formatted(pluginId, reason));
  }
}
