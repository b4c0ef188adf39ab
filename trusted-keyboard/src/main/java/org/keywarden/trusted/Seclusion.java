package org.keywarden.trusted;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * What a process can do itself so that its memory is not read: no core file, not dumpable, not to
 * be traced by its peers.
 */
final class Seclusion {
  private static final int PR_SET_DUMPABLE = 4;
  private static final int RLIMIT_CORE = 4;

  private Seclusion() {}

  /**
   * @throws IllegalStateException if the kernel refuses
   */
  static void enter() {
    Linker linker = Linker.nativeLinker();
    MethodHandle prctl =
        linker.downcallHandle(
            linker.defaultLookup().find("prctl").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    MethodHandle setrlimit =
        linker.downcallHandle(
            linker.defaultLookup().find("setrlimit").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment none = arena.allocate(ValueLayout.JAVA_LONG, 2);
      int dumpable = (int) prctl.invokeExact(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
      int core = (int) setrlimit.invokeExact(RLIMIT_CORE, none);
      if (dumpable != 0 || core != 0) {
        throw new IllegalStateException("the kernel does not let this process seclude its memory");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the kernel cannot be asked to seclude this process", e);
    }
  }
}
