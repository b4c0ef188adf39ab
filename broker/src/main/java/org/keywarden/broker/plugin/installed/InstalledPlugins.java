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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.files.TreeCopy;
import org.keywarden.broker.files.TreeRemoval;
import org.keywarden.broker.plugin.pack.Pack;
import org.keywarden.broker.plugin.pack.PackLabel;

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

  /** Where keys of publishers are. */
  public static Path publishers(Map<String, String> environment) {
    return below(environment, "publishers");
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

  /** Writes a plugin's files into a directory that is empty and this user's alone. */
  private interface Content {
    void into(Path directory) throws IOException;
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
    return place(
        draft -> {
          try (HeldFile from = HeldFile.follow(source);
              HeldFile to = HeldFile.at(draft)) {
            if (!from.facts().isDirectory()) {
              throw new IOException(source + " is no directory");
            }
            TreeCopy.copy(from, to, TreeCopy.Bounds.DEFAULT);
          }
          // Whatever the directory says of itself, nobody signed it.
          Files.deleteIfExists(draft.resolve(PackLabel.FILE));
        },
        draft -> check.apply(draft, source),
        this::moveIn);
  }

  /**
   * Unpacks a plugin, has it judged, and removes it again.
   *
   * @param check as of {@link #add}
   */
  public ManifestLoader.Outcome judge(
      Pack pack, Path file, BiFunction<Path, Path, ManifestLoader.Outcome> check)
      throws IOException {
    return place(pack::unpack, draft -> check.apply(draft, file), (draft, id) -> false);
  }

  /**
   * Unpacks a plugin in, all or nothing, in place of another version that is there.
   *
   * @param check as of {@link #add}
   */
  public ManifestLoader.Outcome add(
      Pack pack, Path file, BiFunction<Path, Path, ManifestLoader.Outcome> check)
      throws IOException {
    return place(pack::unpack, draft -> check.apply(draft, file), this::moveInstead);
  }

  /** Where a plugin that was found good goes; whether it was moved. */
  private interface Move {
    boolean of(Path draft, String id) throws IOException;
  }

  private ManifestLoader.Outcome place(
      Content content, Function<Path, ManifestLoader.Outcome> check, Move move) throws IOException {
    Files.createDirectories(directory);
    Path home = directory.toRealPath();
    Path draft = Files.createTempDirectory(home, ".new-");
    boolean moved = false;
    try {
      content.into(draft);
      // The broker of root runs plugins as another user.
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwxr-xr-x"));
      ManifestLoader.Outcome outcome = check.apply(draft);
      if (outcome instanceof ManifestLoader.Outcome.Loaded loaded) {
        moved = move.of(draft, loaded.manifest().id());
      }
      return outcome;
    } finally {
      if (!moved) {
        remove(home, draft.getFileName());
      }
    }
  }

  private boolean moveIn(Path draft, String id) throws IOException {
    Path target = of(id);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(id + " is installed already; first: keywarden ime remove " + id);
    }
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private boolean moveInstead(Path draft, String id) throws IOException {
    if (Files.exists(of(id), LinkOption.NOFOLLOW_LINKS)) {
      remove(id);
    }
    return moveIn(draft, id);
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
