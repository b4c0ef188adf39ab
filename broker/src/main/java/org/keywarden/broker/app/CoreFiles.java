package org.keywarden.broker.app;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Files with the memory of a process that crashed: what was typed a moment ago is in it. */
final class CoreFiles {
  private static final int RLIMIT_CORE = 4;

  private CoreFiles() {}

  /** No core file of this process or its children, whatever the limits were (setrlimit(2)). */
  static void turnOff() {
    Linker linker = Linker.nativeLinker();
    MethodHandle setrlimit =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setrlimit"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment softAndHard = arena.allocate(JAVA_LONG, 2);
      if ((int) setrlimit.invokeExact(RLIMIT_CORE, softAndHard) != 0) {
        throw new IllegalStateException("core files cannot be turned off");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("setrlimit cannot be called", e);
    }
  }
}
