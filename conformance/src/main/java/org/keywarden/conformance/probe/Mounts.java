package org.keywarden.conformance.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What a process may do to its own view of files that is root in a user and mount namespace of its
 * own (user_namespaces(7), mount(2), chroot(2)).
 */
public final class Mounts {
  private static final long READ = 0;
  private static final long WRITE = 1;
  private static final long OPEN = 2;
  private static final long STAT = 4;
  private static final long MKDIR = 83;
  private static final long CHROOT = 161;
  private static final long MOUNT = 165;

  private static final long READ_WRITE_NOT_OURS = 0x102;
  private static final long WITHOUT_PRIVILEGES = 2 | 4;
  private static final long PRIVATE_MODE = 0_700;
  private static final int STAT_BYTES = 256;

  private Mounts() {}

  /** Mounts a file system, without set-user-ID programs and devices but those of terminals. */
  public static void mount(String source, Path target, String kind, String options) {
    try (Arena arena = Arena.ofConfined()) {
      require(
          kind,
          SystemCalls.call(
              MOUNT,
              SystemCalls.text(arena, source).address(),
              path(arena, target),
              SystemCalls.text(arena, kind).address(),
              kind.equals("devpts") ? 0 : WITHOUT_PRIVILEGES,
              SystemCalls.text(arena, options).address()));
    }
  }

  /** Makes a directory. */
  public static Path directory(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      require(path.toString(), SystemCalls.call(MKDIR, path(arena, path), PRIVATE_MODE));
      return path;
    }
  }

  /** From now on {@code /} is another directory for this process. */
  public static void changeRoot(Path root) {
    try (Arena arena = Arena.ofConfined()) {
      require("root", SystemCalls.call(CHROOT, path(arena, root)));
    }
  }

  /** Looks what a path leads to, and forgets it. */
  public static void look(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      require(
          path.toString(),
          SystemCalls.call(STAT, path(arena, path), arena.allocate(STAT_BYTES).address()));
    }
  }

  /** Opens a device to read and write, until the process ends; negative if it cannot be had. */
  public static long device(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      return SystemCalls.call(OPEN, path(arena, path), READ_WRITE_NOT_OURS);
    }
  }

  /** The same, of one that has to be there. */
  public static void openToWrite(Path path) {
    require(path.toString(), device(path));
  }

  /** Waits for the next bytes; none once there will be no more. */
  public static ByteBuffer read(long descriptor, int most) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment into = arena.allocate(most);
      long read = SystemCalls.call(READ, descriptor, into.address(), most);
      return ByteBuffer.wrap(into.asSlice(0, Math.max(0, read)).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /** Writes them at once, or not at all. */
  public static void write(long descriptor, byte... bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
      SystemCalls.call(WRITE, descriptor, from.address(), bytes.length);
    }
  }

  private static long path(Arena arena, Path path) {
    return SystemCalls.text(arena, path.toString()).address();
  }

  private static void require(String what, long result) {
    if (result < 0) {
      throw new IllegalStateException("no " + what + ": error " + -result);
    }
  }
}
