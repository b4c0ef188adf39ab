package org.keywarden.conformance.probe;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.conformance.probe.Probe.Seen;

/** Ways to other processes, and to what was its maker's. */
final class ProcessProbes {
  private static final String FILTERED = "system call filter";
  private static final String NOT_THERE = "not in the plugin's file tree";

  private ProcessProbes() {}

  static List<Probe> all() {
    return List.of(
        Probe.of(
            "signal to an outsider",
            "own pid namespace",
            around -> Seen.of(SystemCalls.call(62, around.victim(), 0))),
        Probe.of(
            "ptrace",
            FILTERED,
            around -> {
              long attached = SystemCalls.call(101, 0x4206, around.victim(), 0, 0);
              SystemCalls.call(101, 17, around.victim(), 0, 0);
              return Seen.of(attached);
            }),
        Probe.of("process_vm_readv", FILTERED, around -> readMemory()),
        Probe.of("pidfd_getfd", FILTERED, around -> stealDescriptor()),
        Probe.of("kcmp", FILTERED, around -> Seen.of(SystemCalls.call(312, pid(), pid(), 0, 0, 0))),
        Probe.of(
            "leaked descriptor",
            "closed",
            around ->
                Seen.of(
                    Files.exists(Path.of("/proc/self/fd/" + ProbeTargets.LEAKED_DESCRIPTOR))
                        && Files.readSymbolicLink(
                                Path.of("/proc/self/fd/" + ProbeTargets.LEAKED_DESCRIPTOR))
                            .endsWith("secret"),
                    "descriptor " + ProbeTargets.LEAKED_DESCRIPTOR)),
        Probe.of(
            "leaked environment",
            "cleared",
            around -> Seen.of(System.getenv(ProbeTargets.LEAK) != null, ProbeTargets.LEAK)),
        Probe.of(
            "foreign program",
            NOT_THERE,
            around -> Seen.of(Files.isExecutable(Path.of("/usr/bin/env")), "/usr/bin/env")));
  }

  private static long pid() {
    return SystemCalls.call(39);
  }

  private static Seen readMemory() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(8);
      MemorySegment to = arena.allocate(8);
      MemorySegment vectors = arena.allocate(32, 8);
      vectors.set(ValueLayout.JAVA_LONG, 0, to.address());
      vectors.set(ValueLayout.JAVA_LONG, 8, 8);
      vectors.set(ValueLayout.JAVA_LONG, 16, from.address());
      vectors.set(ValueLayout.JAVA_LONG, 24, 8);
      long read = SystemCalls.call(310, pid(), vectors.address(), 1, vectors.address() + 16, 1, 0);
      return Seen.of(read);
    }
  }

  private static Seen stealDescriptor() {
    long process = SystemCalls.call(434, pid(), 0);
    if (process < 0) {
      return Seen.of(process);
    }
    long stolen = SystemCalls.call(438, process, 1, 0);
    SystemCalls.close(stolen);
    SystemCalls.close(process);
    return Seen.of(stolen);
  }
}
