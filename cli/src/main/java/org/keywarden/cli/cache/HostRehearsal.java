package org.keywarden.cli.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.hardening.JvmOptions.Program;
import org.keywarden.proto.engine.v1.Profile;

/**
 * Makes the start cache that the hosts of all engines use, by a host of an engine that is always
 * there.
 */
final class HostRehearsal {
  static final String ID = "org.keywarden.engine.rehearsal";

  /** What the engine needs of this program. */
  private static final List<String> OF_THE_ENGINE = List.of("-cli-", "-client-", "-ibus-");

  private final Path java;
  private final Path cli;
  private final Path installed;
  private final Rehearsal rehearsal;

  HostRehearsal(BrokerLaunch launch) {
    this.java = launch.java();
    this.cli = launch.installation().library(Program.COMMAND_LINE);
    this.installed = launch.installation().engineHost();
    this.rehearsal = new Rehearsal(java, installed, ID);
  }

  /** Puts a host that writes down what it does among the plugins of the practice. */
  void prepare(Path plugins) throws IOException {
    Path plugin = Files.createDirectories(plugins.resolve(ID));
    copyJars(installed.resolve("lib"), plugin.resolve("lib"), List.of(""));
    copyJars(cli, plugin.resolve("engine"), OF_THE_ENGINE);
    Files.copy(installed.resolve("engine-host.args"), plugin.resolve("engine-host.args"));
    String manifest = Files.readString(installed.resolve("manifest.yaml"));
    Files.writeString(
        plugin.resolve("manifest.yaml"),
        Rehearsal.recording(
            manifest
                .substring(0, manifest.indexOf("\ndata:") + 1)
                .replaceFirst("(?m)^id: .*$", "id: " + ID)
                .replace(
                    "  - \"${plugin}/hangul.xml\"\n",
                    "  - \"${plugin}/component.xml\"\n  - \"${plugin}/profile.binpb\"\n")));
    Files.write(plugin.resolve("profile.binpb"), Profile.getDefaultInstance().toByteArray());
    Files.writeString(
        plugin.resolve("component.xml"),
        """
        <component>
          <name>%s</name>
          <exec>%s -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx32m -cp '%s/*' %s</exec>
          <engines><engine><name>rehearsal</name><language>en</language></engine></engines>
        </component>
        """
            .formatted(
                RehearsalEngine.COMPONENT,
                java,
                plugin.resolve("engine"),
                RehearsalEngine.class.getName()));
  }

  /**
   * Makes the cache.
   *
   * @param practice where the broker of the practice had its directories
   */
  void make(Path practice) throws IOException {
    rehearsal.make(practice);
  }

  private static void copyJars(Path from, Path to, List<String> named) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> jars = Files.list(from)) {
      for (Path jar : jars.toList()) {
        if (named.stream().anyMatch(jar.getFileName().toString()::contains)) {
          // A start cache is for files of that time only.
          Files.copy(jar, to.resolve(jar.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
