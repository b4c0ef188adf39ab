package org.keywarden.cli.session;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;

/**
 * Another program in this process's place (execv(3)): same pid, terminal and parent, and no JVM
 * that waits.
 */
final class Replacement {
  private static final int SIG_SETMASK = 2;

  /** {@code sigset_t} of glibc. */
  private static final long SIGNAL_SET_BYTES = 128;

  private Replacement() {}

  /**
   * Becomes the command.
   *
   * @param command the program's path and its arguments
   * @return if it cannot be started, and only then
   */
  static Failure become(List<String> command) {
    Linker linker = Linker.nativeLinker();
    MethodHandle unblock =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("pthread_sigmask"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    MethodHandle execute =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("execv"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment words = arena.allocate(ADDRESS, command.size() + 1L);
      for (int i = 0; i < command.size(); i++) {
        words.setAtIndex(ADDRESS, i, arena.allocateFrom(command.get(i)));
      }
      // The JVM keeps SIGQUIT from its own threads, and a program inherits that.
      int ignored =
          (int)
              unblock.invokeExact(
                  SIG_SETMASK, arena.allocate(SIGNAL_SET_BYTES), MemorySegment.NULL);
      int returned = (int) execute.invokeExact(words.getAtIndex(ADDRESS, 0), words);
      return new Failure(Exit.UNAVAILABLE, "cannot start " + command.getFirst());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("A call into the C library failed.", e);
    }
  }
}
