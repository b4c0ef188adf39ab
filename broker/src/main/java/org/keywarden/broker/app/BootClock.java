package org.keywarden.broker.app;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.LongSupplier;

/**
 * CLOCK_BOOTTIME (clock_gettime(2)) in ns: never set back, and time asleep counts, so that what
 * expires expires while the machine is suspended. One thread uses one clock.
 */
final class BootClock implements LongSupplier {
  private static final int CLOCK_BOOTTIME = 7;
  private static final long SECOND = 1_000_000_000L;

  private final MemorySegment timespec = Arena.global().allocate(ValueLayout.JAVA_LONG, 2);
  private final MethodHandle clockGettime;

  BootClock() {
    Linker linker = Linker.nativeLinker();
    clockGettime =
        linker.downcallHandle(
            linker.defaultLookup().find("clock_gettime").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
            Linker.Option.critical(false));
  }

  @Override
  public long getAsLong() {
    try {
      int failed = (int) clockGettime.invokeExact(CLOCK_BOOTTIME, timespec);
      if (failed != 0) {
        throw new IllegalStateException("CLOCK_BOOTTIME cannot be read");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("CLOCK_BOOTTIME cannot be read", e);
    }
    return timespec.getAtIndex(ValueLayout.JAVA_LONG, 0) * SECOND
        + timespec.getAtIndex(ValueLayout.JAVA_LONG, 1);
  }
}
