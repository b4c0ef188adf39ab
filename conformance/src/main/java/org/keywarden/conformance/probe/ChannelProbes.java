package org.keywarden.conformance.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.keywarden.conformance.probe.Probe.Seen;

/** Ways to share memory or messages with a process that agrees on a name. */
final class ChannelProbes {
  private static final String FILTERED = "system call filter";

  private ChannelProbes() {}

  static List<Probe> all() {
    return List.of(
        Probe.of(
            "System V shared memory",
            FILTERED,
            around -> {
              long segment = SystemCalls.call(29, 0, 4096, 0x380);
              SystemCalls.call(31, segment, 0, 0);
              return Seen.of(segment);
            }),
        Probe.of(
            "System V message queue",
            FILTERED,
            around -> {
              long queue = SystemCalls.call(68, 0, 0x380);
              SystemCalls.call(71, queue, 0, 0);
              return Seen.of(queue);
            }),
        Probe.of(
            "POSIX message queue",
            FILTERED,
            around -> {
              try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = SystemCalls.text(arena, "kwp");
                long queue = SystemCalls.call(240, name.address(), 0x42, 0x180, 0);
                SystemCalls.call(241, name.address());
                return Seen.opened(queue);
              }
            }),
        Probe.of(
            "memory file",
            FILTERED,
            around -> {
              try (Arena arena = Arena.ofConfined()) {
                return Seen.opened(
                    SystemCalls.call(319, SystemCalls.text(arena, "kwp").address(), 0));
              }
            }));
  }
}
