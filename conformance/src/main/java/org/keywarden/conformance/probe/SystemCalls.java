package org.keywarden.conformance.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** System calls of x86-64 by number (syscall(2)). Used by any thread. */
public final class SystemCalls {
  public static final int SIGQUIT = 3;

  private static final int ARGUMENTS = 6;
  private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle SYSCALL = handle();

  private SystemCalls() {}

  private static MethodHandle handle() {
    Linker linker = Linker.nativeLinker();
    MemoryLayout[] words = new MemoryLayout[ARGUMENTS + 1];
    Arrays.fill(words, ValueLayout.JAVA_LONG);
    return linker.downcallHandle(
        linker.defaultLookup().find("syscall").orElseThrow(),
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, words),
        Linker.Option.captureCallState("errno"));
  }

  /** Makes a system call; returns its result, or the negative error number. */
  public static long call(long number, long... arguments) {
    long[] a = Arrays.copyOf(arguments, ARGUMENTS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CAPTURE);
      long result = (long) SYSCALL.invokeExact(state, number, a[0], a[1], a[2], a[3], a[4], a[5]);
      return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("system call " + number, e);
    }
  }

  /** Sends a signal to a process; one that is gone gets none. */
  public static void signal(long pid, int number) {
    call(62, pid, number);
  }

  /** Makes a FIFO that its owner may use. */
  public static void makeFifo(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      // mknod(2) with S_IFIFO.
      long made = call(133, text(arena, path.toString()).address(), 0_010_600, 0);
      if (made < 0) {
        throw new IllegalStateException("no FIFO " + path + ": error " + -made);
      }
    }
  }

  static void close(long descriptor) {
    call(3, descriptor);
  }

  static MemorySegment text(Arena arena, String text) {
    return arena.allocateFrom(text);
  }

  /** {@code struct sockaddr_un}; a leading {@code @} stands for the abstract name space. */
  static MemorySegment unixAddress(Arena arena, String name) {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (name.startsWith("@")) {
      path[0] = 0;
    }
    MemorySegment address = arena.allocate(2 + path.length);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
    MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, 2, path.length);
    return address;
  }

  /** Connects to a unix socket; returns 0, or the negative error number. */
  static long connect(String name) {
    long socket = call(41, 1, 1, 0);
    if (socket < 0) {
      return socket;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = unixAddress(arena, name);
      return call(42, socket, address.address(), address.byteSize());
    } finally {
      close(socket);
    }
  }

  /** Listens on an abstract unix socket until the process ends. */
  static void listen(String name) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = unixAddress(arena, name);
      long socket = call(41, 1, 1, 0);
      long bound = call(49, socket, address.address(), address.byteSize());
      long listening = call(50, socket, 16);
      if (socket < 0 || bound < 0 || listening < 0) {
        throw new IllegalStateException("cannot listen on " + name);
      }
    }
  }
}
