package org.keywarden.wayland.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The calls of the C library that are needed; numbers are those of x86-64 and arm64. */
final class CLibrary {
  private static final int EINTR = 4;
  private static final int EAGAIN = 11;

  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO_OF =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SOCKET =
      function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle CONNECT =
      function("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle PREAD =
      function("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle SENDMSG = observed("sendmsg");
  private static final MethodHandle RECVMSG = observed("recvmsg");

  private CLibrary() {}

  static int socket(int domain, int type) {
    try {
      return (int) SOCKET.invokeExact(domain, type, 0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static int connect(int socket, MemorySegment address, int length) {
    try {
      return (int) CONNECT.invokeExact(socket, address, length);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static long pread(int descriptor, MemorySegment into, long count, long from) {
    try {
      return (long) PREAD.invokeExact(descriptor, into, count, from);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static long sendmsg(MemorySegment state, int socket, MemorySegment message, int flags) {
    return call(SENDMSG, state, socket, message, flags);
  }

  static long recvmsg(MemorySegment state, int socket, MemorySegment message, int flags) {
    return call(RECVMSG, state, socket, message, flags);
  }

  /** Where a call leaves its error. */
  static MemoryLayout state() {
    return STATE;
  }

  /** Whether the call that left this would have had to wait, or was interrupted. */
  static boolean notNow(MemorySegment state) {
    int error = (int) ERRNO_OF.get(state, 0L);
    return error == EAGAIN || error == EINTR;
  }

  private static long call(
      MethodHandle handle, MemorySegment state, int socket, MemorySegment message, int flags) {
    try {
      return (long) handle.invokeExact(state, socket, message, flags);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static MethodHandle observed(String name) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
            ERRNO);
  }

  private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... of) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, of));
  }

  private static IllegalStateException failed(Throwable cause) {
    return new IllegalStateException("a call into the C library failed", cause);
  }
}
