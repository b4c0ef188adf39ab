package org.keywarden.broker.plugin.sandbox;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Signals the JDK cannot send (kill(2), signal(7)). */
final class Signals {
  private static final int SIGCONT = 18;
  private static final int SIGSTOP = 19;
  private static final MethodHandle KILL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().find("kill").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Signals() {}

  static void stop(long pid) {
    send(pid, SIGSTOP);
  }

  static void proceed(long pid) {
    send(pid, SIGCONT);
  }

  /** Sends it; a process that is gone needs none. */
  private static void send(long pid, int signal) {
    if (pid <= 1 || pid > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no process of ours has pid " + pid);
    }
    try {
      int ignored = (int) KILL.invokeExact((int) pid, signal);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("kill", e);
    }
  }
}
