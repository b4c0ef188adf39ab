package org.keywarden.trusted;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Linux through the C library. The constants are those of x86-64 and arm64. */
final class LinuxKernel implements Kernel {
  private static final int PR_GET_DUMPABLE = 3;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int RLIMIT_CORE = 4;
  private static final int SIGQUIT = 3;
  private static final long SIG_ERR = -1;
  private static final MemorySegment SIG_IGN = MemorySegment.ofAddress(1);

  @Override
  public boolean turnOffCoreFiles() {
    MethodHandle setrlimit = function("setrlimit", JAVA_INT, JAVA_INT, ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      // struct rlimit: the soft and the hard limit, both 0.
      MemorySegment none = arena.allocate(JAVA_LONG, 2);
      return (int) setrlimit.invokeExact(RLIMIT_CORE, none) == 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public boolean makeNotDumpable() {
    return prctl(PR_SET_DUMPABLE) == 0 && dumpable() == 0;
  }

  @Override
  public boolean ignoreQuit() {
    MethodHandle signal = function("signal", ADDRESS, JAVA_INT, ADDRESS);
    try {
      return ((MemorySegment) signal.invokeExact(SIGQUIT, SIG_IGN)).address() != SIG_ERR;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The kernel's word: 0 not dumpable, 1 dumpable, 2 by root only. */
  int dumpable() {
    return prctl(PR_GET_DUMPABLE);
  }

  private static int prctl(int option) {
    MethodHandle prctl =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("prctl"),
                FunctionDescriptor.of(
                    JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
    try {
      return (int) prctl.invokeExact(option, 0L, 0L, 0L, 0L);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... of) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, of));
  }

  private static IllegalStateException failed(Throwable cause) {
    return new IllegalStateException("A call into the C library failed.", cause);
  }
}
