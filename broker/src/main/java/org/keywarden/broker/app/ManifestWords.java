package org.keywarden.broker.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.process.Confinement.Limits;

/** A manifest in a few words for its user: what it is, and what the sandbox would allow it. */
final class ManifestWords {
  private ManifestWords() {}

  /** Names and values, as lines of two fields. */
  static List<List<String>> of(PluginManifest manifest) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("id", manifest.id()));
    lines.add(List.of("name", manifest.name()));
    lines.add(List.of("version", manifest.version()));
    lines.add(List.of("runs", String.join(" ", manifest.exec())));
    lines.add(List.of("rights", join(rights(manifest))));
    lines.add(List.of("reads", manifest.directory().toString()));
    manifest.data().forEach(path -> lines.add(List.of("reads", path.toString())));
    manifest.programs().forEach(path -> lines.add(List.of("may run", path.toString())));
    Limits limits = manifest.limits();
    lines.add(List.of("writes", "its state directory, up to " + mebibytes(limits.stateBytes())));
    lines.add(List.of("channels", join(words(manifest.channels().stream().map(Object::toString)))));
    lines.add(List.of("memory", mebibytes(limits.memoryBytes()) + " for each process"));
    lines.add(List.of("processes", limits.processes() + ", threads included"));
    lines.add(List.of("descriptors", limits.files() + " for each process"));
    return lines;
  }

  /**
   * What a plugin may, each by itself, so that two versions can be compared: lines of two fields.
   */
  static List<List<String>> allowances(PluginManifest manifest) {
    List<List<String>> lines = new ArrayList<>();
    rights(manifest).forEach(right -> lines.add(List.of("right", right)));
    for (List<String> line : of(manifest)) {
      boolean own = line.getLast().equals(manifest.directory().toString());
      if (!own && !List.of("id", "rights").contains(line.getFirst())) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static List<String> rights(PluginManifest manifest) {
    return words(manifest.facts().rights().stream().map(Object::toString));
  }

  private static List<String> words(Stream<String> names) {
    return names.map(name -> name.toLowerCase(Locale.ROOT)).sorted().toList();
  }

  private static String join(List<String> words) {
    return words.isEmpty() ? "none" : String.join(", ", words);
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
