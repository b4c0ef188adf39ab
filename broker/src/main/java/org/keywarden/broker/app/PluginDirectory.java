package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.policy.PluginFacts;
import org.keywarden.proto.plugin.v1.Manifest;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.YamlMessages;

/** Finds plugins: one directory each, with a {@code manifest.yaml} in it. */
final class PluginDirectory {
  /**
   * What was found.
   *
   * @param problems a line for each manifest that is refused: file, line, column, reason
   */
  record Found(List<PluginManifest> manifests, List<String> problems) {}

  private PluginDirectory() {}

  /**
   * Reads all below these directories, in the order of their names; a missing directory has none.
   */
  static Found read(List<Path> roots) {
    List<PluginManifest> manifests = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Path root : roots) {
      try (Stream<Path> entries = Files.exists(root) ? Files.list(root) : Stream.empty()) {
        for (Path directory : entries.filter(Files::isDirectory).sorted().toList()) {
          readOne(directory, ids, manifests, problems);
        }
      } catch (IOException e) {
        problems.add("plugins in " + root + " cannot be read: " + e);
      }
    }
    return new Found(List.copyOf(manifests), List.copyOf(problems));
  }

  private static void readOne(
      Path directory, Set<String> ids, List<PluginManifest> manifests, List<String> problems) {
    Path file = directory.resolve("manifest.yaml");
    try {
      Manifest.Builder manifest = Manifest.newBuilder();
      YamlMessages.read(Files.readAllBytes(file), file.toString(), manifest);
      if (!ids.add(manifest.getId())) {
        problems.add(file + ": another plugin has the id " + manifest.getId());
        return;
      }
      manifests.add(
          new PluginManifest(
              directory,
              manifest.getName(),
              manifest.getVersion(),
              manifest.getExecList(),
              new PluginFacts(
                  manifest.getId(),
                  manifest.getLanguagesList(),
                  InputMessages.rights(manifest.getRightsList()))));
    } catch (InvalidYaml e) {
      problems.add(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      problems.add("manifest " + file + " cannot be read: " + e);
    }
  }
}
