package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.PluginManifest;

/** The plugins a user added: one directory each, named by the plugin's id. */
final class InstalledPlugins {
  private final Path directory;

  InstalledPlugins(Path directory) {
    this.directory = directory;
  }

  /** Where they are by the XDG Base Directory Specification 0.8. */
  static Path directory(Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base =
        data.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "share")
            : Path.of(data);
    return base.resolve("keywarden").resolve("plugins").toAbsolutePath();
  }

  private Path of(String id) {
    return directory.resolve(id);
  }

  /**
   * Copies a plugin in, all or nothing.
   *
   * @throws IOException if it is there already, links out of its tree, or cannot be copied
   */
  void add(PluginManifest manifest) throws IOException {
    Path target = of(manifest.id());
    if (Files.exists(target)) {
      throw new IOException(
          manifest.id() + " is installed already; first: keywarden ime remove " + manifest.id());
    }
    Files.createDirectories(directory);
    Path draft = Files.createTempDirectory(directory, ".new-");
    try {
      copy(manifest.directory().toRealPath(), draft);
      // The broker of root runs plugins as another user.
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(draft);
      throw e;
    }
  }

  /**
   * Returns where a plugin is.
   *
   * @throws IOException if it is not there
   */
  Path find(String id) throws IOException {
    Path found = of(id).normalize();
    if (!directory.equals(found.getParent()) || !Files.isDirectory(found)) {
      throw new IOException(
          "you have added no input method " + id + " (there is none in " + directory + ")");
    }
    return found;
  }

  /**
   * Takes a plugin out; its state stays.
   *
   * @throws IOException if it is not there or cannot be removed
   */
  void remove(String id) throws IOException {
    Path target = find(id);
    Path dying = Files.createTempDirectory(directory, ".old-");
    Files.move(target, dying.resolve("plugin"), StandardCopyOption.ATOMIC_MOVE);
    delete(dying);
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> entries;
    try (Stream<Path> all = Files.walk(from)) {
      entries = all.toList();
    }
    for (Path entry : entries) {
      Path target = to.resolve(from.relativize(entry).toString());
      if (Files.isSymbolicLink(entry) && !entry.toRealPath().startsWith(from)) {
        throw new IOException(entry + " leads out of the plugin's directory");
      }
      if (Files.isDirectory(entry)) {
        Files.createDirectories(target);
      } else {
        Files.copy(entry, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
