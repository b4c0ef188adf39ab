package org.keywarden.conformance.probe;

import java.util.List;
import java.util.stream.Stream;

/** Every probe there is. Numbers of system calls are those of x86-64. */
final class Probes {
  private Probes() {}

  static List<Probe> all() {
    return Stream.of(
            NetworkProbes.all(),
            FileProbes.all(),
            ProcProbes.all(),
            ProcessProbes.all(),
            KernelProbes.all(),
            ChannelProbes.all(),
            ExhaustionProbes.all())
        .flatMap(List::stream)
        .toList();
  }
}
