package org.keywarden.trusted;

/**
 * Keeps this process's memory to itself: no core file, no ptrace and no {@code /proc/PID/mem} for
 * other processes of the user, no tool that attaches to the JVM.
 */
final class ProcessSeal {
  private final Kernel kernel;

  ProcessSeal(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Seals the process, for good. Any thread, before the first key.
   *
   * @throws IllegalStateException if the kernel refuses; the message is a sentence for the user
   */
  void apply() {
    require(kernel.turnOffCoreFiles(), "turn core files off (setrlimit RLIMIT_CORE)");
    require(
        kernel.makeNotDumpable(), "keep its memory from other processes (prctl PR_SET_DUMPABLE)");
    require(kernel.ignoreQuit(), "keep tools from attaching to the JVM (signal SIGQUIT)");
  }

  private static void require(boolean done, String what) {
    if (!done) {
      throw new IllegalStateException("The kernel does not let this process " + what + ".");
    }
  }
}
