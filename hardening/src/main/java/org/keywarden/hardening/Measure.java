package org.keywarden.hardening;

/** One way into a process's memory, and what closes it. */
public enum Measure {
  NO_CORE_FILE("no core files", "the limit of core files is 0 (RLIMIT_CORE)"),
  NOT_DUMPABLE(
      "no ptrace, no /proc/PID/mem",
      "the kernel refuses them ptrace, /proc/PID/mem and descriptors, and writes no core to a pipe"
          + " (PR_SET_DUMPABLE)"),
  NOT_TRACED("no debugger attached", "no process traces this one (TracerPid)"),
  QUIT_IGNORED("SIGQUIT ignored", "SIGQUIT, at which a JVM opens its attach socket, has no effect"),
  NO_ATTACH("no jcmd or jmap", "-XX:+DisableAttachMechanism, -XX:-EnableDynamicAgentLoading"),
  NO_CRASH_REPORT(
      "no crash reports",
      "-XX:+SuppressFatalErrorMessage, -XX:-CreateCoredumpOnCrash,"
          + " -XX:-HeapDumpOnOutOfMemoryError"),
  NO_COUNTER_FILE("no counters in /tmp", "-XX:-UsePerfData"),
  NO_AGENT(
      "no agents or remote management",
      "no -javaagent, -agentlib, -agentpath, -Xrun, com.sun.management or ManagementServer");

  private final String title;
  private final String means;

  Measure(String title, String means) {
    this.title = title;
    this.means = means;
  }

  /** A few words for people. */
  public String title() {
    return title;
  }

  /** By what. */
  public String means() {
    return means;
  }
}
