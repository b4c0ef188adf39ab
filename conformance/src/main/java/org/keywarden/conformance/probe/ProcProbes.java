package org.keywarden.conformance.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.conformance.probe.Probe.Seen;

/** Ways to what {@code /proc} tells of the machine and of others. */
final class ProcProbes {
  private ProcProbes() {}

  static List<Probe> all() {
    List<Probe> probes = new ArrayList<>();
    for (String name : List.of("stat", "interrupts", "softirqs", "uptime", "loadavg", "vmstat")) {
      probes.add(
          Probe.of(
              "/proc/" + name, "own /proc", around -> FileProbes.read(Path.of("/proc/" + name))));
    }
    probes.add(
        Probe.of(
            "/proc of an outsider",
            "own pid namespace",
            around -> FileProbes.read(Path.of("/proc/" + around.victim() + "/stat"))));
    probes.add(Probe.of("/proc of the sandbox's makers", "own processes only", around -> others()));
    return probes;
  }

  private static Seen others() throws IOException {
    String self = Path.of("/proc/self").toRealPath().getFileName().toString();
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      long count =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> name.matches("\\d+") && !name.equals(self))
              .count();
      return Seen.of(count > 0, count + " other processes seen");
    }
  }
}
