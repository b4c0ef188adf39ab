package org.keywarden.trusted;

/** What the seal asks of the operating system. Each answers whether it is in force. */
interface Kernel {
  /** No core file, whatever the limits were (setrlimit(2), RLIMIT_CORE). */
  boolean turnOffCoreFiles();

  /** No ptrace, no /proc/PID/mem, no /proc/PID/fd for the user (prctl(2), PR_SET_DUMPABLE). */
  boolean makeNotDumpable();

  /**
   * SIGQUIT has no effect (signal(2)). HotSpot opens its attach socket, through which any process
   * of the user can dump the heap, when that signal comes.
   */
  boolean ignoreQuit();
}
