package org.keywarden.accessibility;

/**
 * What the broker is told: one line of standard output each.
 *
 * @param pid of the application, as the bus has it from the kernel
 * @param startTime field 22 of {@code /proc/PID/stat} (proc(5)), so that a reused pid is told apart
 * @param secret whether the object that has its focus is a password
 * @param at when that object got the focus or became one, in ns of CLOCK_MONOTONIC
 */
record Report(long pid, long startTime, boolean secret, long at) {
  /** The one line that comes before all reports. */
  static final String LISTENING = "listening\n";

  String line() {
    return "focus " + pid + " " + startTime + " " + (secret ? "secret" : "plain") + " " + at + "\n";
  }
}
