package org.keywarden.conformance.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.keywarden.conformance.probe.Probe.Seen;

/** Ways into the kernel: calls that an input method has no use for. */
final class KernelProbes {
  private static final String FILTERED = "system call filter";

  private KernelProbes() {}

  static List<Probe> all() {
    return List.of(
        Probe.of("io_uring", FILTERED, around -> withBuffer(425, 1)),
        Probe.of("keyctl", FILTERED, around -> Seen.of(SystemCalls.call(250, 0, -3, 1))),
        Probe.of("userfaultfd", FILTERED, around -> Seen.opened(SystemCalls.call(323, 1))),
        Probe.asRoot("bpf", FILTERED, around -> withMap()),
        Probe.asRoot("perf_event_open", FILTERED, around -> perf()),
        Probe.of("inotify", FILTERED, around -> Seen.opened(SystemCalls.call(294, 0))),
        Probe.asRoot("TIOCSTI", FILTERED, around -> pushKey()),
        Probe.of(
            "foreign personality", FILTERED, around -> Seen.of(SystemCalls.call(135, 0xFFFFFFFFL))),
        Probe.asRoot("new namespaces", FILTERED, around -> inThread(0x0400_0000L)),
        Probe.asRoot("mount", FILTERED, around -> mount()),
        Probe.asRoot(
            "joining a namespace",
            FILTERED,
            around -> {
              try (Arena arena = Arena.ofConfined()) {
                long own =
                    SystemCalls.call(
                        2, SystemCalls.text(arena, "/proc/self/ns/net").address(), 0, 0);
                long joined = SystemCalls.call(308, own, 0);
                SystemCalls.close(own);
                return Seen.of(joined);
              }
            }),
        Probe.of("NUMA policy of memory", FILTERED, around -> withBuffer(239, 0)));
  }

  /** A call whose second argument is a zeroed buffer. */
  private static Seen withBuffer(long number, long first) {
    try (Arena arena = Arena.ofConfined()) {
      if (number == 239) {
        return Seen.of(SystemCalls.call(number, arena.allocate(8, 8).address(), 0, 0, 0, 0));
      }
      return Seen.opened(SystemCalls.call(number, first, arena.allocate(256, 8).address()));
    }
  }

  private static Seen withMap() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(72, 8);
      attributes.set(ValueLayout.JAVA_INT, 0, 2);
      attributes.set(ValueLayout.JAVA_INT, 4, 4);
      attributes.set(ValueLayout.JAVA_INT, 8, 8);
      attributes.set(ValueLayout.JAVA_INT, 12, 1);
      return Seen.opened(SystemCalls.call(321, 0, attributes.address(), 72));
    }
  }

  private static Seen perf() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(128, 8);
      attributes.set(ValueLayout.JAVA_INT, 0, 1);
      attributes.set(ValueLayout.JAVA_INT, 4, 128);
      return Seen.opened(SystemCalls.call(298, attributes.address(), 0, -1, -1, 0));
    }
  }

  private static Seen pushKey() {
    try (Arena arena = Arena.ofConfined()) {
      long master = SystemCalls.call(2, SystemCalls.text(arena, "/dev/ptmx").address(), 0x102, 0);
      if (master < 0) {
        return Seen.of(master);
      }
      long pushed = SystemCalls.call(16, master, 0x5412, SystemCalls.text(arena, "x").address());
      SystemCalls.close(master);
      return Seen.of(pushed);
    }
  }

  private static Seen inThread(long flags) throws InterruptedException {
    long[] result = new long[1];
    Thread thread = Thread.ofPlatform().start(() -> result[0] = SystemCalls.call(272, flags));
    thread.join();
    return Seen.of(result[0]);
  }

  /** Makes mounts private in a namespace of one thread: the least a mount can do. */
  private static Seen mount() throws InterruptedException {
    long[] result = new long[1];
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  long own = SystemCalls.call(272, 0x0002_0000L | 0x200);
                  try (Arena arena = Arena.ofConfined()) {
                    result[0] =
                        own < 0
                            ? own
                            : SystemCalls.call(
                                165, 0, SystemCalls.text(arena, "/").address(), 0, 0x44000, 0);
                  }
                });
    thread.join();
    return Seen.of(result[0]);
  }
}
