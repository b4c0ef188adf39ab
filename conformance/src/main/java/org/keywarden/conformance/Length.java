package org.keywarden.conformance;

import java.time.Duration;

/** How long an attack on the service goes on. */
public enum Length {
  /** For every build. */
  SHORT(Duration.ofMillis(1_200), Duration.ofSeconds(5)),

  /** For a night. */
  LONG(Duration.ofSeconds(20), Duration.ofSeconds(30));

  private final Duration least;
  private final Duration most;

  Length(Duration least, Duration most) {
    this.least = least;
    this.most = most;
  }

  /** So long somebody types meanwhile. */
  Duration least() {
    return least;
  }

  /** After that the attacker stops, whatever it meant to do. */
  Duration most() {
    return most;
  }
}
