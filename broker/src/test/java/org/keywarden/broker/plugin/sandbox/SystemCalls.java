package org.keywarden.broker.plugin.sandbox;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/** System calls of x86-64 by number (syscall(2)). */
final class SystemCalls {
  private static final int WORDS = 7;
  private static final MethodHandle SYSCALL = handle();

  private SystemCalls() {}

  private static MethodHandle handle() {
    MemoryLayout[] words = new MemoryLayout[WORDS];
    Arrays.fill(words, ValueLayout.JAVA_LONG);
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().find("syscall").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, words));
  }

  /** Returns the result, -1 if the kernel refuses. */
  static long call(long number, long... arguments) {
    long[] a = Arrays.copyOf(arguments, WORDS - 1);
    try {
      return (long) SYSCALL.invokeExact(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    } catch (Throwable e) {
      throw new IllegalStateException("system call " + number, e);
    }
  }
}
