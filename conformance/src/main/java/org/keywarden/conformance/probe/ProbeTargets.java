package org.keywarden.conformance.probe;

import java.nio.file.Path;

/**
 * What is outside of the sandbox, for the probes to reach for.
 *
 * @param state the plugin's own directory; beside it lies {@link #NEIGHBOUR}, with a file {@code
 *     secret} in it
 * @param outside a directory of somebody else's, with a file {@code secret} and a listening socket
 *     {@code socket} in it
 * @param victim pid of a process outside
 * @param abstractName of a listening abstract socket, without the leading null byte
 */
record ProbeTargets(Path state, Path outside, long victim, String abstractName) {
  /** The state directory of another plugin. */
  static final String NEIGHBOUR = "kit.neighbour";

  /** Environment variable that must not come through. */
  static final String LEAK = "KEYWARDEN_PROBE_LEAK";

  /** Descriptor that must not come through. */
  static final int LEAKED_DESCRIPTOR = 9;

  static ProbeTargets parse(String[] arguments) {
    return new ProbeTargets(
        Path.of(arguments[0]), Path.of(arguments[1]), Long.parseLong(arguments[2]), arguments[3]);
  }
}
