package org.keywarden.broker.frontdoor.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The system calls of a look (open(2), openat2(2), readlink(2), statx(2), tcgetattr(3)), on buffers
 * that are used again: a look at a browser makes thousands. One thread at a time.
 */
final class Native implements AutoCloseable {
  static final int O_RDONLY = 0;
  static final int O_NOCTTY = 0x100;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int O_PATH = 0x200000;

  /** To {@link #stat}: what a path names, instead of what a descriptor is. */
  static final int AT_FDCWD = -100;

  static final int ENOENT = 2;
  static final int EIO = 5;
  static final int ENXIO = 6;
  static final int ENOTTY = 25;

  private static final int BUFFER = 16_384;

  /** Of {@code struct dirent}: after inode, offset, record length and type. */
  private static final long NAME = 19;

  private static final int LONGEST_NAME = 256;

  private static final int SYS_OPENAT2 = 437;
  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_IN_ROOT = 0x10;
  private static final long RESOLVE_CACHED = 0x20;

  private static final int AT_EMPTY_PATH = 0x1000;

  /** What a file system would have to ask a server for is taken as it was known last. */
  private static final int AT_STATX_DONT_SYNC = 0x4000;

  private static final int STATX_TYPE = 0x1;
  private static final int STATX_UID = 0x8;
  private static final int STATX_MNT_ID = 0x1000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private static final MethodHandle OPEN =
      variadic("open", 2, FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
  private static final MethodHandle SYSCALL =
      variadic(
          "syscall",
          1,
          FunctionDescriptor.of(LONG, LONG, INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle CLOSE = plain("close", FunctionDescriptor.of(INT, INT));
  private static final MethodHandle READ =
      plain("read", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle READLINK =
      plain(
          "readlink", FunctionDescriptor.of(LONG, ValueLayout.ADDRESS, ValueLayout.ADDRESS, LONG));
  private static final MethodHandle STATX =
      plain(
          "statx",
          FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT, INT, ValueLayout.ADDRESS));
  private static final MethodHandle OPENDIR =
      plain("opendir", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  private static final MethodHandle READDIR =
      plain("readdir", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
  private static final MethodHandle CLOSEDIR =
      plain("closedir", FunctionDescriptor.of(INT, ValueLayout.ADDRESS));
  private static final MethodHandle TCGETATTR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().find("tcgetattr").orElseThrow(),
          FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS),
          Linker.Option.captureCallState("errno"));

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(CALL_STATE);
  private final MemorySegment path = arena.allocate(BUFFER);
  private final MemorySegment buffer = arena.allocate(BUFFER, Long.BYTES);

  private static MethodHandle plain(String name, FunctionDescriptor shape) {
    return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), shape);
  }

  private static MethodHandle variadic(String name, int first, FunctionDescriptor shape) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(),
        shape,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(first));
  }

  /** What is known of a file without asking whoever serves it. */
  record Stat(boolean isCharacterDevice, int uid, long device, long type, long mount) {}

  /** Of a terminal's settings {@code c_iflag}, {@code c_oflag} and {@code c_lflag} (termios(3)). */
  record Modes(int input, int output, int local) {}

  /** Numbers a device as {@link Stat} does. */
  static long device(int major, int minor) {
    return (long) major << 32 | minor;
  }

  /** Takes numbers until it has enough. */
  interface Numbers {
    /** Whether it wants more. */
    boolean take(long number);
  }

  /** Of the last call that failed and says why. */
  int error() {
    return (int) ERRNO.get(state, 0L);
  }

  /** Opens; a negative number if that failed. */
  int open(String name, int flags) {
    try {
      return (int) OPEN.invokeExact(state, named(name), flags | O_CLOEXEC);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Finds a file below a directory as if that were the root, by what the kernel has in its memory:
   * a path that leads through a file system whose server would have to be asked is not found.
   *
   * @return a descriptor that only names the file, negative if that failed
   */
  int openCached(int root, String below) {
    try {
      buffer.set(LONG, 0, O_PATH | O_CLOEXEC);
      buffer.set(LONG, 8, 0);
      buffer.set(LONG, 16, RESOLVE_CACHED | RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
      return (int)
          (long) SYSCALL.invokeExact(state, (long) SYS_OPENAT2, root, named(below), buffer, 24L);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A file that proc gives at once, such as a name; empty if it cannot be read. */
  String word(String name) {
    return read(name, false);
  }

  /** The first 16 KiB of a file; empty if it cannot be read. */
  String text(String name) {
    return read(name, true);
  }

  private String read(String name, boolean toItsEnd) {
    int descriptor = open(name, O_RDONLY);
    if (descriptor < 0) {
      return "";
    }
    try {
      long length = 0;
      long more = 1;
      while (more > 0) {
        // proc gives a page at a time.
        more = (long) READ.invokeExact(descriptor, buffer.asSlice(length), BUFFER - length);
        length += Math.max(0, more);
        more = toItsEnd ? more : 0;
      }
      byte[] bytes = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (Throwable e) {
      throw failed(e);
    } finally {
      close(descriptor);
    }
  }

  /** Whether the name that a symbolic link holds ends so. */
  boolean linkEnds(String name, byte[] end) {
    try {
      long length = (long) READLINK.invokeExact(named(name), buffer, (long) BUFFER);
      for (int at = 0; at < end.length; at++) {
        long in = length - end.length + at;
        if (in < 0 || buffer.get(ValueLayout.JAVA_BYTE, in) != end[at]) {
          return false;
        }
      }
      return true;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Hands over those entries of a directory whose names are numbers.
   *
   * @return false if it cannot be read
   */
  boolean numbers(String directory, Numbers to) {
    try {
      MemorySegment stream = (MemorySegment) OPENDIR.invokeExact(named(directory));
      if (stream.equals(MemorySegment.NULL)) {
        return false;
      }
      try {
        boolean more = true;
        while (more) {
          MemorySegment entry = (MemorySegment) READDIR.invokeExact(stream);
          if (entry.equals(MemorySegment.NULL)) {
            return true;
          }
          long number = number(entry.reinterpret(NAME + LONGEST_NAME));
          more = number < 0 || to.take(number);
        }
        return true;
      } finally {
        int ignored = (int) CLOSEDIR.invokeExact(stream);
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static long number(MemorySegment entry) {
    long number = 0;
    for (long at = NAME; at < NAME + LONGEST_NAME; at++) {
      byte each = entry.get(ValueLayout.JAVA_BYTE, at);
      if (each == 0) {
        return at == NAME ? -1 : number;
      }
      if (each < '0' || each > '9' || at > NAME + 10) {
        return -1;
      }
      number = number * 10 + each - '0';
    }
    return -1;
  }

  /**
   * What is known of a file.
   *
   * @param name what to look at, seen from the directory {@code at}; empty for {@code at} itself
   * @return null if there is none
   */
  @Nullable Stat stat(int at, String name) {
    try {
      int flags = AT_STATX_DONT_SYNC | (name.isEmpty() ? AT_EMPTY_PATH : 0);
      int result =
          (int)
              STATX.invokeExact(
                  at, named(name), flags, STATX_TYPE | STATX_UID | STATX_MNT_ID, buffer);
      if (result != 0) {
        return null;
      }
      boolean mounts = (buffer.get(INT, 0) & STATX_MNT_ID) != 0;
      return new Stat(
          (buffer.get(ValueLayout.JAVA_SHORT, 28) & 0xF000) == 0x2000,
          buffer.get(INT, 20),
          device(buffer.get(INT, 136), buffer.get(INT, 140)),
          device(buffer.get(INT, 128), buffer.get(INT, 132)),
          mounts ? buffer.get(LONG, 144) : -1);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * A terminal's settings.
   *
   * @return null if it has none
   */
  @Nullable Modes modes(int descriptor) {
    try {
      return (int) TCGETATTR.invokeExact(state, descriptor, buffer) == 0
          ? new Modes(buffer.get(INT, 0), buffer.get(INT, 4), buffer.get(INT, 12))
          : null;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private MemorySegment named(String name) {
    path.setString(0, name);
    return path;
  }

  private static RuntimeException failed(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException thrown ? thrown : new IllegalStateException("libc", e);
  }

  @Override
  public void close() {
    arena.close();
  }
}
