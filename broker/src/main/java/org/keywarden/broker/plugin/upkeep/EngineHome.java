package org.keywarden.broker.plugin.upkeep;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.files.TreeRemoval;

/**
 * An engine's state directory. The engine may change everything in it at any time, so each step
 * goes through a held directory and none through a link; what is made belongs to whom the directory
 * does.
 */
public final class EngineHome {
  private final Path plugins;
  private final String id;

  /**
   * @param plugins the broker's directory of state directories, which no plugin can change
   * @param id of the engine's plugin; its directory is there
   */
  public EngineHome(Path plugins, String id) {
    this.plugins = plugins;
    this.id = id;
  }

  /** Whether something is there, be it a link. */
  boolean has(Path where) throws IOException {
    try (HeldFile directory = within(where, false)) {
      return Files.exists(directory.path().resolve(where.getFileName()), LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  /** Reads a file, if it is there. */
  Optional<byte[]> read(Path where, int most) throws IOException {
    try (HeldFile directory = within(where, false);
        HeldFile file = directory.entry(where.getFileName())) {
      if (file.facts().isLink()) {
        throw link(where);
      }
      return Optional.of(file.content(most));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** Writes a file whole: who reads it finds what was there, or all of this. */
  void write(Path where, byte[] content) throws IOException {
    Path draft = draft();
    try {
      Path file = Files.write(draft.resolve("file"), content);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      place(file, where);
    } finally {
      discard(draft);
    }
  }

  /** A directory beside the engines' own, on the same file system; to be discarded. */
  Path draft() throws IOException {
    return Files.createTempDirectory(plugins.toRealPath(), ".draft-");
  }

  void discard(Path draft) throws IOException {
    try (HeldFile held = HeldFile.at(plugins.toRealPath())) {
      TreeRemoval.remove(held, draft.getFileName());
    }
  }

  /** Moves what was made in a draft to its place, instead of what is there. */
  void place(Path made, Path where) throws IOException {
    try (HeldFile directory = within(where, true)) {
      give(made, directory);
      Path name = where.getFileName();
      Path target = directory.path().resolve(name);
      boolean replaced =
          Files.isRegularFile(made) && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
      if (!replaced && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        TreeRemoval.remove(directory, name);
      }
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Forgets everything: the directory is empty then. */
  public void empty() throws IOException {
    Path draft = draft();
    try {
      Path old = plugins.toRealPath().resolve(id);
      Object owner = Files.getAttribute(old, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      Files.move(old, draft.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
      Files.createDirectory(
          old, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      give(old, owner);
    } finally {
      discard(draft);
    }
  }

  private static void give(Path made, HeldFile directory) throws IOException {
    Object owner = directory.facts().owner();
    List<Path> all;
    try (Stream<Path> paths = Files.walk(made)) {
      all = paths.toList();
    }
    for (Path each : all) {
      give(each, owner);
    }
  }

  /** The broker of root runs plugins as another user. */
  private static void give(Path path, Object owner) throws IOException {
    if (!owner.equals(Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
      Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private HeldFile within(Path where, boolean make) throws IOException {
    HeldFile own = HeldFile.at(plugins.toRealPath().resolve(id));
    return below(own, where.getParent(), make);
  }

  /**
   * Goes down from a held directory, which is closed.
   *
   * @param names of directories, none for the directory itself
   */
  static HeldFile below(HeldFile top, @Nullable Path names, boolean make) throws IOException {
    HeldFile at = top;
    for (Path name : names == null ? List.<Path>of() : names) {
      HeldFile parent = at;
      try {
        at = step(parent, name, make);
      } finally {
        parent.close();
      }
    }
    return at;
  }

  private static HeldFile step(HeldFile parent, Path name, boolean make) throws IOException {
    HeldFile next;
    try {
      next = parent.entry(name);
    } catch (NoSuchFileException none) {
      if (!make) {
        throw none;
      }
      Path made = parent.path().resolve(name);
      Files.createDirectory(
          made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      give(made, parent);
      next = parent.entry(name);
    }
    if (!next.facts().isDirectory()) {
      boolean isLink = next.facts().isLink();
      next.close();
      throw isLink ? link(name) : new FileSystemException(name.toString(), null, "no directory");
    }
    return next;
  }

  static FileSystemException link(Path where) {
    return new FileSystemException(where.toString(), null, "a link, which is not followed");
  }
}
