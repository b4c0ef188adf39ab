package org.keywarden.broker.frontdoor.wayland;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Descriptors as a compositor might send them. */
final class DescriptorFiles {
  private DescriptorFiles() {}

  /** Of a file in memory. */
  static int of(byte[] content) {
    try (Arena arena = Arena.ofConfined()) {
      int made =
          (int)
              function("memfd_create", JAVA_INT, ADDRESS, JAVA_INT)
                  .invoke(arena.allocateFrom("keymap"), 0);
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, content);
      long written =
          (long)
              function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG)
                  .invoke(made, bytes, (long) content.length);
      if (written != content.length) {
        throw new AssertionError("not written");
      }
      return made;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Of an empty pipe that is never written to. */
  static int pipe() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment both = arena.allocate(JAVA_INT, 2);
      int failed = (int) function("pipe", JAVA_INT, ADDRESS).invoke(both);
      if (failed != 0) {
        throw new AssertionError("no pipe");
      }
      return both.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... of) {
    return Linker.nativeLinker()
        .downcallHandle(
            Linker.nativeLinker().defaultLookup().findOrThrow(name),
            FunctionDescriptor.of(result, of));
  }
}
