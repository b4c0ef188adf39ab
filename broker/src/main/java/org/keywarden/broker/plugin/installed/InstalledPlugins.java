package org.keywarden.broker.plugin.installed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.files.TreeCopy;
import org.keywarden.broker.files.TreeRemoval;

/** The plugins a user added: one directory each, named by the plugin's id. */
public final class InstalledPlugins {
  private final Path directory;

  public InstalledPlugins(Path directory) {
    this.directory = directory;
  }

  /** Where they are by the XDG Base Directory Specification 0.8. */
  public static Path directory(Map<String, String> environment) {
    return below(environment, "plugins");
  }

  /** Where the user puts what plugins may read beside their own: a directory each, of its id. */
  public static Path data(Map<String, String> environment) {
    return below(environment, "data");
  }

  private static Path below(Map<String, String> environment, String name) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base =
        data.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", "/"), ".local", "share")
            : Path.of(data);
    return base.resolve("keywarden").resolve(name).toAbsolutePath();
  }

  private Path of(String id) {
    return directory.resolve(id);
  }

  /**
   * Copies a plugin in, all or nothing. What is judged is the copy, which nobody but this user can
   * change any more.
   *
   * @param source its directory; if that is a link, what it leads to now
   * @param check of a directory, which messages call by the second name
   * @return what the check said; {@code Loaded} if the plugin is in
   * @throws IOException if it is there already, holds what no plugin has, or cannot be copied
   */
  public ManifestLoader.Outcome add(
      Path source, BiFunction<Path, Path, ManifestLoader.Outcome> check) throws IOException {
    Files.createDirectories(directory);
    Path home = directory.toRealPath();
    Path draft = Files.createTempDirectory(home, ".new-");
    boolean moved = false;
    try {
      try (HeldFile from = HeldFile.follow(source);
          HeldFile to = HeldFile.at(draft)) {
        if (!from.facts().isDirectory()) {
          throw new IOException(source + " is no directory");
        }
        TreeCopy.copy(from, to, TreeCopy.Bounds.DEFAULT);
      }
      // The broker of root runs plugins as another user.
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
      ManifestLoader.Outcome outcome = check.apply(draft, source);
      if (outcome instanceof ManifestLoader.Outcome.Loaded loaded) {
        moveIn(draft, loaded.manifest().id());
        moved = true;
      }
      return outcome;
    } finally {
      if (!moved) {
        remove(home, draft.getFileName());
      }
    }
  }

  private void moveIn(Path draft, String id) throws IOException {
    Path target = of(id);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(id + " is installed already; first: keywarden ime remove " + id);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Returns where a plugin is.
   *
   * @throws IOException if it is not there
   */
  public Path find(String id) throws IOException {
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
  public void remove(String id) throws IOException {
    Path target = find(id);
    Path dying = Files.createTempDirectory(directory, ".old-");
    Files.move(target, dying.resolve("plugin"), StandardCopyOption.ATOMIC_MOVE);
    remove(directory, dying.getFileName());
  }

  private static void remove(Path directory, @Nullable Path name) throws IOException {
    try (HeldFile held = HeldFile.follow(directory)) {
      TreeRemoval.remove(held, Objects.requireNonNull(name));
    }
  }
}
