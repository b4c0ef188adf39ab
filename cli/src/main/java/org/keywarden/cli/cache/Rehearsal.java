package org.keywarden.cli.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.proto.plugin.v1.Manifest;
import org.keywarden.proto.yaml.InvalidYaml;
import org.keywarden.proto.yaml.YamlMessages;

/**
 * Makes the start cache that an installed input method's manifest names. In its sandbox the plugin
 * only writes down what it did; the cache is made of that outside, by a JVM that runs nothing of
 * the plugin's.
 */
final class Rehearsal {
  private static final String CACHE = "start.aot";
  private static final String USE = "-XX:AOTCache=${plugin}/" + CACHE;
  private static final String RECORD = "record.aotconf";

  private final Path java;
  private final Path installed;
  private final String id;

  /**
   * @param installed the input method's directory
   * @param id by which it is known in the practice
   */
  Rehearsal(Path java, Path installed, String id) {
    this.java = java;
    this.installed = installed;
    this.id = id;
  }

  /**
   * Returns the manifest of an input method that writes down what it does. Recording, the JVM
   * reserves gibibytes of addresses, so it may have as many as a manifest can ask for.
   */
  static String recording(String manifest) {
    return manifest.replace(
            "\"" + USE + "\"",
            "\"-XX:AOTMode=record\"\n  - \"-XX:AOTConfiguration=${state}/" + RECORD + "\"")
        + "limits: { memory_mib: 4096 }\n";
  }

  /** Takes away what an input method wrote down, before its next process writes over it. */
  static void keep(Path practice, String id) {
    Path record = practice.resolve("state/plugins").resolve(id).resolve(RECORD);
    try {
      if (Files.exists(record)) {
        Files.move(record, kept(practice, id));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path kept(Path practice, String id) {
    return practice.resolve(id + ".aotconf");
  }

  /**
   * Makes the cache of what was written down.
   *
   * @param practice where the broker of the practice had its directories
   */
  void make(Path practice) throws IOException {
    Path record = kept(practice, id);
    if (!Files.exists(record)) {
      throw new IOException(id + " wrote nothing down");
    }
    Path cache = practice.resolve(id + ".aot");
    Path log = practice.resolve(id + ".log");
    Process process =
        new ProcessBuilder(command(record, cache))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (process.waitFor() != 0 || !Files.exists(cache)) {
        throw new IOException(id + "'s was not made: " + Files.readString(log).strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    Files.copy(cache, installed.resolve(CACHE), StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> command(Path record, Path cache) throws IOException {
    List<String> command = new ArrayList<>();
    for (String part : manifestOf(installed).getExecList()) {
      if (part.equals(USE)) {
        command.add("-XX:AOTMode=create");
        command.add("-XX:AOTConfiguration=" + record);
        command.add("-XX:AOTCache=" + cache);
      } else {
        command.add(
            part.replace("${java}", java.toString()).replace("${plugin}", installed.toString()));
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
