package org.keywarden.broker.plugin.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.proto.engine.v1.Profile;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.YamlMessages;

/**
 * What engines need, from files named after their components: the user's own, else the
 * installation's, else its default one.
 */
final class EngineProfiles {
  private final List<Path> directories;
  private final Path fallback;

  /**
   * @param own the user's
   * @param installed has {@code default.yaml}
   */
  EngineProfiles(Path own, Path installed) {
    this.directories = List.of(own, installed);
    this.fallback = installed.resolve("default.yaml");
  }

  /**
   * A profile as it was read.
   *
   * @param file where
   */
  record Found(Path file, Profile profile) {}

  /**
   * Reads the profile of a component.
   *
   * @param name of the component's file, without its ending
   */
  Found of(String name) throws IOException, InvalidYaml {
    for (Path each : directories) {
      Path file = each.resolve(name + ".yaml");
      if (Files.exists(file)) {
        return read(file);
      }
    }
    return read(fallback);
  }

  private static Found read(Path file) throws IOException, InvalidYaml {
    byte[] text = HeldFile.read(file, YamlMessages.MAX_BYTES);
    Profile.Builder profile = Profile.newBuilder();
    var ignored = YamlMessages.read(text, file.toString(), profile);
    return new Found(file, profile.build());
  }
}
