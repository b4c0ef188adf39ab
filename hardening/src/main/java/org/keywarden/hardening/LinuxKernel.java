package org.keywarden.hardening;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** Linux through the C library. The constants are those of x86-64 and arm64. */
final class LinuxKernel implements Kernel {
  private static final int PR_GET_DUMPABLE = 3;
  private static final int PR_SET_DUMPABLE = 4;
  private static final int DUMPABLE_BY_USER = 1;
  private static final int RLIMIT_CORE = 4;
  private static final int SIGQUIT = 3;
  private static final MemorySegment SIG_IGN = MemorySegment.ofAddress(1);
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int HEXADECIMAL = 16;

  @Override
  public void turnOffCoreFiles() {
    try (Arena arena = Arena.ofConfined()) {
      // struct rlimit: the soft and the hard limit, both 0.
      int ignored = limit("setrlimit", arena.allocate(JAVA_LONG, 2));
    }
  }

  @Override
  public boolean coreFilesAreOff() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(JAVA_LONG, 2);
      both.fill((byte) 1);
      return limit("getrlimit", both) == 0
          && both.getAtIndex(JAVA_LONG, 0) == 0
          && both.getAtIndex(JAVA_LONG, 1) == 0;
    }
  }

  private static int limit(String call, MemorySegment both) {
    MethodHandle handle = function(call, JAVA_INT, JAVA_INT, ADDRESS);
    try {
      return (int) handle.invokeExact(RLIMIT_CORE, both);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public void makeNotDumpable() {
    int ignored = prctl(PR_SET_DUMPABLE);
  }

  @Override
  public boolean isNotDumpable() {
    int dumpable = prctl(PR_GET_DUMPABLE);
    return dumpable >= 0 && dumpable != DUMPABLE_BY_USER;
  }

  @Override
  public void ignoreQuit() {
    MethodHandle signal = function("signal", ADDRESS, JAVA_INT, ADDRESS);
    try {
      MemorySegment ignored = (MemorySegment) signal.invokeExact(SIGQUIT, SIG_IGN);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public boolean ignoresQuit() {
    String signals = status("SigIgn:");
    return !signals.isEmpty()
        && (Long.parseUnsignedLong(signals, HEXADECIMAL) >> (SIGQUIT - 1) & 1) == 1;
  }

  @Override
  public boolean isNotTraced() {
    return status("TracerPid:").equals("0");
  }

  /** The value of a line of proc(5)'s status, empty if it cannot be read. */
  private static String status(String name) {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException unreadable) {
      return "";
    }
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
