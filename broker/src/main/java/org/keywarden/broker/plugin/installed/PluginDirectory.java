package org.keywarden.broker.plugin.installed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.sandbox.FileErrors;

/** Finds plugins: one directory each, with a {@code manifest.yaml} in it. */
public final class PluginDirectory {
  private static final int MOST = 200;

  /**
   * What was found.
   *
   * @param problems a line for each manifest that is refused: file, line, column, reason
   * @param refusal why no plugin at all is run, empty if some are
   */
  public record Found(List<PluginManifest> manifests, List<String> problems, String refusal) {
    /** None of them, each with this reason. */
    public Found refusing(String reason) {
      List<String> all = new ArrayList<>(problems);
      manifests.forEach(manifest -> all.add(manifest.id() + ": " + reason));
      return new Found(List.of(), List.copyOf(all), reason);
    }
  }

  private PluginDirectory() {}

  /**
   * Reads all below these directories, in the order of their names; a missing directory has none.
   */
  public static Found read(List<Path> roots, ManifestLoader loader) {
    List<PluginManifest> manifests = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Path root : roots) {
      try (Stream<Path> entries = Files.exists(root) ? Files.list(root) : Stream.empty()) {
        List<Path> found =
            entries.filter(PluginDirectory::mayHold).limit(MOST + 1).sorted().toList();
        if (found.size() > MOST) {
          problems.add(root + " holds more than " + MOST + " plugins; none of them is read");
          continue;
        }
        for (Path directory : found) {
          readOne(directory, loader, ids, manifests, problems);
        }
      } catch (IOException e) {
        problems.add("plugins in " + root + " cannot be read: " + FileErrors.words(e));
      }
    }
    return new Found(List.copyOf(manifests), List.copyOf(problems), "");
  }

  /** Hidden is what is being added or removed. */
  private static boolean mayHold(Path directory) {
    return Files.isDirectory(directory) && !directory.getFileName().toString().startsWith(".");
  }

  private static void readOne(
      Path directory,
      ManifestLoader loader,
      Set<String> ids,
      List<PluginManifest> manifests,
      List<String> problems) {
    switch (loader.load(directory)) {
      case ManifestLoader.Outcome.Refused refused -> problems.addAll(refused.problems());
      case ManifestLoader.Outcome.Loaded loaded -> {
        if (ids.add(loaded.manifest().id())) {
          manifests.add(loaded.manifest());
        } else {
          problems.add(directory + ": another plugin has the id " + loaded.manifest().id());
        }
      }
    }
  }
}
