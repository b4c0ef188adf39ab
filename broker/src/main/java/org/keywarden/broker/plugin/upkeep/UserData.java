package org.keywarden.broker.plugin.upkeep;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keywarden.broker.files.FileFacts;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.files.TreeCopy;

/**
 * What the user has of an engine outside of Keywarden: dictionaries and what was learnt under
 * another daemon. It is copied, never through links that lead there.
 */
public final class UserData {
  private static final int MOST_FILES = 10_000;
  private static final int DEPTH = 32;

  /** Directories a session may have elsewhere (XDG Base Directory Specification 0.8). */
  private static final Map<Path, String> MOVABLE =
      Map.of(
          Path.of(".config"), "XDG_CONFIG_HOME",
          Path.of(".cache"), "XDG_CACHE_HOME",
          Path.of(".local/share"), "XDG_DATA_HOME");

  private final List<Path> wanted;
  private final Map<String, String> environment;
  private final EngineHome home;
  private final TreeCopy.Bounds bounds;

  /**
   * @param wanted below the user's home and the engine's
   * @param environment the user's
   * @param bytes how much the engine may keep
   */
  public UserData(
      List<String> wanted, Map<String, String> environment, EngineHome home, long bytes) {
    this.wanted = wanted.stream().map(Path::of).toList();
    this.environment = Map.copyOf(environment);
    this.home = home;
    this.bounds = new TreeCopy.Bounds(MOST_FILES, bytes, DEPTH);
  }

  /**
   * What would be copied.
   *
   * @param from where the user has it
   * @param to below the engine's home
   * @param replaces whether the engine has something there, which would be gone
   */
  public record Item(Path from, Path to, int files, long bytes, boolean replaces) {}

  /** Returns what is there, in the profile's order. */
  public List<Item> found() throws IOException {
    List<Item> items = new ArrayList<>();
    for (Path each : wanted) {
      Source source = source(each);
      try (HeldFile held = source.hold()) {
        Count count = new Count(bounds);
        count.add(held, 0);
        items.add(new Item(source.path(), each, count.files, count.bytes, home.has(each)));
      } catch (NoSuchFileException none) {
        continue;
      } catch (FileSystemException e) {
        throw new FileSystemException(
            source.path().toString(), null, e.getFile() + ": " + e.getReason());
      }
    }
    return items;
  }

  /** Copies one of them, all or nothing. The engine must not run. */
  public void copy(Item item) throws IOException {
    Path draft = home.draft();
    try (HeldFile from = source(item.to()).hold()) {
      Path made = draft.resolve("copy");
      if (from.facts().isDirectory()) {
        Files.createDirectory(made);
        try (HeldFile to = HeldFile.at(made)) {
          TreeCopy.copy(from, to, bounds);
        }
      } else {
        int most = (int) Math.min(bounds.bytes(), Integer.MAX_VALUE - 8);
        Files.write(made, from.content(most));
      }
      home.place(made, item.to());
    } finally {
      home.discard(draft);
    }
  }

  /**
   * Where the user has something.
   *
   * @param top the user's home, or what the session says; it may be a link
   * @param names below it, none of them a link
   */
  private record Source(Path top, Path names) {
    HeldFile hold() throws IOException {
      try (HeldFile directory = EngineHome.below(HeldFile.follow(top), names.getParent(), false)) {
        HeldFile found = directory.entry(names.getFileName());
        if (found.facts().isLink()) {
          found.close();
          throw EngineHome.link(names);
        }
        return found;
      }
    }

    Path path() {
      return top.resolve(names);
    }
  }

  private Source source(Path below) {
    for (Map.Entry<Path, String> each : MOVABLE.entrySet()) {
      String moved = environment.getOrDefault(each.getValue(), "");
      if (below.startsWith(each.getKey())
          && !below.equals(each.getKey())
          && moved.startsWith("/")) {
        return new Source(Path.of(moved), each.getKey().relativize(below));
      }
    }
    return new Source(Path.of(environment.getOrDefault("HOME", "/")), below);
  }

  /** How much there is. */
  private static final class Count {
    private final TreeCopy.Bounds bounds;
    private int files;
    private long bytes;

    Count(TreeCopy.Bounds bounds) {
      this.bounds = bounds;
    }

    void add(HeldFile held, int depth) throws IOException {
      FileFacts facts = held.facts();
      if (facts.isDirectory()) {
        if (depth > bounds.depth()) {
          throw new FileSystemException(".", null, "more than " + bounds.depth() + " deep");
        }
        try (DirectoryStream<Path> entries = held.entries()) {
          for (Path each : entries) {
            try (HeldFile entry = held.entry(each.getFileName())) {
              add(entry, depth + 1);
            }
          }
        }
      } else {
        files++;
        bytes += facts.isRegular() ? facts.size() : 0;
      }
      if (files > bounds.files() || bytes > bounds.bytes()) {
        throw new FileSystemException(
            ".",
            null,
            "more than " + bounds.files() + " files or " + (bounds.bytes() >> 20) + " MiB");
      }
    }
  }
}
