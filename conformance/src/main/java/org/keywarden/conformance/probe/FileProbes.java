package org.keywarden.conformance.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.conformance.probe.Probe.Seen;

/** Ways to files, directories and devices that are not its own. */
final class FileProbes {
  private static final String NOT_THERE = "not in the plugin's file tree";

  private FileProbes() {}

  static List<Probe> all() {
    return List.of(
        Probe.of("another's file", NOT_THERE, around -> read(around.outside().resolve("secret"))),
        Probe.of(
            "another's directory",
            NOT_THERE,
            around -> write(around.outside().resolve("planted-" + System.nanoTime()))),
        Probe.of(
            "another plugin's state",
            NOT_THERE,
            around ->
                read(around.state().resolveSibling(ProbeTargets.NEIGHBOUR).resolve("secret"))),
        Probe.of("symbolic link out of its own tree", NOT_THERE, FileProbes::throughSymbolicLink),
        Probe.of("user names", NOT_THERE, around -> userNames()),
        Probe.asRoot("system libraries", "read-only", around -> write(Path.of("/usr/lib/planted"))),
        Probe.asRoot("root directory", "read-only", around -> write(Path.of("/planted"))),
        Probe.of("shared memory directory", "read-only", around -> write(Path.of("/dev/shm/kwp"))),
        Probe.asRoot("input devices", "no such nodes", around -> devices()));
  }

  private static Seen throughSymbolicLink(ProbeTargets around) throws IOException {
    Path link = around.state().resolve("way-out");
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, around.outside().resolve("secret"));
    return read(link);
  }

  /** What is there is one made-up user, the plugin itself. */
  private static Seen userNames() throws IOException {
    List<String> users = Files.readAllLines(Path.of("/etc/passwd"));
    boolean others = users.stream().anyMatch(each -> !each.startsWith("user:x:1000:"));
    return Seen.of(others, others ? users.size() + " users" : "its own only");
  }

  static Seen read(Path file) {
    try {
      return Seen.of(true, Files.readAllBytes(file).length + " bytes read");
    } catch (IOException e) {
      return Seen.of(false, e.getClass().getSimpleName());
    }
  }

  private static Seen write(Path file) {
    try {
      Files.createFile(file);
      Files.delete(file);
      return Seen.of(true, "written");
    } catch (IOException e) {
      return Seen.of(false, e.getClass().getSimpleName());
    }
  }

  private static Seen devices() throws IOException {
    try (Stream<Path> nodes = Files.list(Path.of("/dev"))) {
      List<String> names =
          nodes
              .map(node -> node.getFileName().toString())
              .filter(name -> name.matches("input|uinput|hidraw.*|mem|kmsg|vd.|sd.|nvme.*|kvm"))
              .sorted()
              .toList();
      return Seen.of(!names.isEmpty(), names.toString());
    }
  }
}
