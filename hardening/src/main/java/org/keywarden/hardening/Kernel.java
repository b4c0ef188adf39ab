package org.keywarden.hardening;

/** What is asked of, and read back from, the operating system about this process. */
interface Kernel {
  /** No core file, whatever the limits were (setrlimit(2), RLIMIT_CORE); children inherit it. */
  void turnOffCoreFiles();

  /** No ptrace, no /proc/PID/mem, no /proc/PID/fd for the user (prctl(2), PR_SET_DUMPABLE). */
  void makeNotDumpable();

  /**
   * SIGQUIT has no effect (signal(2)). HotSpot opens its attach socket, through which any process
   * of the user can dump the heap, when that signal comes.
   */
  void ignoreQuit();

  /** Whether both limits of core files are 0 (getrlimit(2)). */
  boolean coreFilesAreOff();

  /** Whether it is not dumpable, by the user or by root only (prctl(2), PR_GET_DUMPABLE). */
  boolean isNotDumpable();

  /** Whether SIGQUIT is ignored (proc(5), SigIgn). */
  boolean ignoresQuit();

  /** Whether nobody traces it (proc(5), TracerPid). */
  boolean isNotTraced();
}
