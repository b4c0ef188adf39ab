package org.keywarden.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.conformance.puppet.HostileEngine;

/**
 * A hostile engine of IBus's, installed as packages install theirs: a component file that the
 * broker finds. Nothing of it runs until it is enabled.
 */
final class EngineKit {
  /** Of the component's plugin. */
  static final String PLUGIN = "ibus.kit";

  static final String ENGINE = "kit-engine";

  private static final List<String> JARS = List.of("-conformance-", "-client-", "-ibus-");

  private EngineKit() {}

  /**
   * Installs it.
   *
   * @param work the broker's
   */
  static void install(Path dist, Path work) throws IOException {
    Path lib =
        Files.createDirectories(work.resolve("data/keywarden/data").resolve(PLUGIN).resolve("lib"));
    try (Stream<Path> jars = Files.list(dist.resolve("conformance/lib"))) {
      for (Path jar : jars.toList()) {
        if (JARS.stream().anyMatch(jar.getFileName().toString()::contains)) {
          Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(
        Files.createDirectories(work.resolve("components")).resolve("kit.xml"),
        """
        <component>
          <name>%s</name>
          <exec>/usr/bin/env '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -cp '%s/*' %s</exec>
          <engines><engine><name>%s</name><language>en</language></engine></engines>
        </component>
        """
            .formatted(HostileEngine.COMPONENT, java, lib, HostileEngine.class.getName(), ENGINE));
    Files.writeString(
        Files.createDirectories(work.resolve("config/engines")).resolve("kit.yaml"),
        "data: [" + lib + "]\nlimits: {memory_mib: 1024, processes: 256}\n");
  }

  /** What runs a broker that finds it, and nothing else. */
  static List<String> surroundings(Path work) {
    return List.of(
        "/usr/bin/env",
        "IBUS_COMPONENT_PATH=" + work.resolve("components"),
        "XDG_DATA_HOME=" + work.resolve("data"));
  }

  /** The broker's options. */
  static List<String> options(Path work) {
    return List.of("--config-dir", work.resolve("config").toString());
  }
}
