package org.keywarden.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.conformance.timing.Attacker;

/** Makes the directory of the attacker on keystroke timing. */
final class TimingFolder {
  private TimingFolder() {}

  static void make(Path dist, Path plugin, String id, List<String> spells) throws IOException {
    Path ignored = library(dist, plugin.resolve("lib"));
    List<String> words = new ArrayList<>(List.of("${java}"));
    words.addAll(words("${plugin}/lib", "${state}", spells));
    StringBuilder manifest = new StringBuilder();
    manifest.append("id: ").append(id).append("\nname: Timing\nversion: \"1\"\nexec:\n");
    words.forEach(word -> manifest.append("  - \"").append(word).append("\"\n"));
    Files.writeString(plugin.resolve("manifest.yaml"), manifest.append("rights: [receive_keys]\n"));
  }

  /** What comes after the program. */
  static List<String> words(String library, String state, List<String> spells) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx320m", "-cp", library + "/*"));
    words.addAll(List.of(Attacker.class.getName(), state));
    words.addAll(spells);
    return words;
  }

  /** Fills a directory with the kit's own jar. */
  static Path library(Path dist, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> jars = Files.list(dist.resolve("conformance/lib"))) {
      for (Path jar :
          jars.filter(path -> path.getFileName().toString().contains("conformance")).toList()) {
        Files.copy(jar, directory.resolve(jar.getFileName()));
      }
    }
    return directory;
  }
}
