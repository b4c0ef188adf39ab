package org.keywarden.broker.frontdoor.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * Asks the kernel for a terminal's settings (termios(3)). The terminal is opened for the length of
 * the question only: held open, it would keep its emulator from noticing that the shell ended.
 */
public final class TerminalSettings {
  private static final int O_RDONLY = 0;
  private static final int O_NOCTTY = 0x100;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int ENOENT = 2;
  private static final int EIO = 5;
  private static final int ENXIO = 6;
  private static final int ENOTTY = 25;

  /** Larger than any libc's {@code struct termios}. */
  private static final int TERMIOS_BYTES = 128;

  /** Of {@code c_lflag}, after the input, output and control modes. */
  private static final long LOCAL_MODES = 12;

  private static final int ICANON = 2;
  private static final int ECHO = 8;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().find("open").orElseThrow(),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle TCGETATTR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().find("tcgetattr").orElseThrow(),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle CLOSE =
      LINKER.downcallHandle(
          LINKER.defaultLookup().find("close").orElseThrow(),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private TerminalSettings() {}

  /** An {@link Echo}. Takes microseconds; safe in any thread. */
  public static boolean hidden(Path terminal) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment name = arena.allocateFrom(terminal.toString());
      int descriptor =
          (int) OPEN.invokeExact(state, name, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
      if (descriptor < 0) {
        return !gone((int) ERRNO.get(state, 0L));
      }
      try {
        MemorySegment settings = arena.allocate(TERMIOS_BYTES, Integer.BYTES);
        if ((int) TCGETATTR.invokeExact(state, descriptor, settings) != 0) {
          return !gone((int) ERRNO.get(state, 0L));
        }
        int modes = settings.get(ValueLayout.JAVA_INT, LOCAL_MODES);
        return (modes & ICANON) != 0 && (modes & ECHO) == 0;
      } finally {
        int ignored = (int) CLOSE.invokeExact(descriptor);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("termios", e);
    }
  }

  private static boolean gone(int error) {
    return error == ENOENT || error == EIO || error == ENXIO || error == ENOTTY;
  }
}
