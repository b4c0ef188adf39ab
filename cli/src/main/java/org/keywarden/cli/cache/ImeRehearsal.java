package org.keywarden.cli.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.demo.Practice;
import org.keywarden.proto.plugin.v1.Manifest;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.YamlMessages;

/**
 * Makes the start cache that the romaji input method's manifest names. In its sandbox the plugin
 * only writes down what it did; the cache is made of that outside, by a JVM that runs nothing of
 * the plugin's.
 */
final class ImeRehearsal {
  private static final String CACHE = "start.aot";
  private static final String USE = "-XX:AOTCache=${plugin}/" + CACHE;
  private static final String RECORD = "record.aotconf";

  private final Path java;
  private final Path plugin;

  private ImeRehearsal(Path java, Path plugin) {
    this.java = java;
    this.plugin = plugin;
  }

  static ImeRehearsal of(BrokerLaunch launch) {
    return new ImeRehearsal(launch.java(), launch.home().resolve("plugins").resolve(Practice.IME));
  }

  /**
   * Returns the manifest of an input method that writes down what it does. Recording, the JVM
   * reserves gibibytes of addresses, so it may have as many as a manifest can ask for.
   */
  String manifest(String installed) {
    return installed.replace(
            "\"" + USE + "\"",
            "\"-XX:AOTMode=record\"\n  - \"-XX:AOTConfiguration=${state}/" + RECORD + "\"")
        + "limits: { memory_mib: 4096 }\n";
  }

  /**
   * Makes the cache of what was written down.
   *
   * @param practice where the broker of the practice had its directories
   */
  void make(Path practice) throws IOException {
    Path record = practice.resolve("state/plugins").resolve(Practice.IME).resolve(RECORD);
    if (!Files.exists(record)) {
      throw new IOException("the input method wrote nothing down");
    }
    Path cache = practice.resolve(CACHE);
    Path log = practice.resolve("ime-cache.log");
    Process process =
        new ProcessBuilder(command(record, cache))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (process.waitFor() != 0 || !Files.exists(cache)) {
        throw new IOException("the input method's was not made: " + Files.readString(log).strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Files.copy(cache, plugin.resolve(CACHE), StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> command(Path record, Path cache) throws IOException {
    List<String> command = new ArrayList<>();
    for (String part : manifestOf(plugin).getExecList()) {
      if (part.equals(USE)) {
        command.add("-XX:AOTMode=create");
        command.add("-XX:AOTConfiguration=" + record);
        command.add("-XX:AOTCache=" + cache);
      } else {
        command.add(
            part.replace("${java}", java.toString()).replace("${plugin}", plugin.toString()));
      }
    }
    return command;
  }

  private static Manifest manifestOf(Path plugin) throws IOException {
    Path file = plugin.resolve("manifest.yaml");
    try {
      Manifest.Builder manifest = Manifest.newBuilder();
      var unused = YamlMessages.read(Files.readAllBytes(file), file.toString(), manifest);
      return manifest.build();
    } catch (InvalidYaml e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
