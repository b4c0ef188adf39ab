package org.keywarden.broker.plugin.sandbox;

/**
 * How a sandbox is built on this machine.
 *
 * @param proc what {@code /proc} shows inside
 * @param user the host's user id the process gets when the broker runs as root; 0 keeps the
 *     broker's own
 */
record SandboxPlan(Proc proc, int user) {
  enum Proc {
    /** Its own processes and nothing else ({@code subset=pid,hidepid=ptraceable}, proc(5)). */
    OWN_PROCESSES,
    /** A full one of its own pid namespace, the files that betray keystroke timing masked. */
    MASKED
  }

  /** As Proc.OWN_PROCESSES, as the broker's own user. */
  static final SandboxPlan BEST = new SandboxPlan(Proc.OWN_PROCESSES, 0);

  SandboxPlan with(Proc other) {
    return new SandboxPlan(other, user);
  }

  boolean dropsRoot() {
    return user != 0;
  }
}
