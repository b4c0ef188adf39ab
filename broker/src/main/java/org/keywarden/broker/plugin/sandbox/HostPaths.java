package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.keywarden.broker.files.FileFacts;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.process.Finding;

/**
 * Whether a directory of the host may be shown to a plugin. A mounted directory is a channel past
 * the broker as soon as somebody else can write in it, or listens in it; and what else it holds the
 * plugin may read. So there are few places that may be shown, and none of them is anybody's for
 * something else.
 */
public final class HostPaths {
  /** Where packages keep what everybody may read. */
  private static final List<Path> OF_THE_SYSTEM =
      List.of(
          Path.of("/usr/share"),
          Path.of("/usr/lib"),
          Path.of("/usr/libexec"),
          Path.of("/usr/local/share"),
          Path.of("/usr/local/lib"),
          Path.of("/opt"));

  /** Where packages keep programs too, and their settings. */
  private static final List<Path> OF_PACKAGES =
      List.of(Path.of("/usr"), Path.of("/etc"), Path.of("/opt"));

  private static final int ROOT = 0;

  private final Path data;
  private final List<Path> own;
  private final int user;

  /**
   * @param data holds a directory for each plugin, named by its id, with what the user lets it read
   * @param own directories of the broker: its runtime and state
   * @param user the broker's own
   */
  public HostPaths(Path data, List<Path> own, int user) {
    this.data = data;
    this.own = List.copyOf(own);
    this.user = user;
  }

  /** As above, for whoever runs this. */
  public static HostPaths of(Path data, List<Path> own) throws IOException {
    return new HostPaths(data, own, ProcFiles.user());
  }

  /**
   * Returns why a plugin may not read this path of the host, and what to do; empty if it may.
   *
   * @param id of the plugin
   */
  public Optional<String> refusalOfData(Path path, String id) {
    Path real;
    try {
      if (!path.isAbsolute() || !path.equals(path.normalize())) {
        return Optional.of("is not absolute and plain");
      }
      real = path.toRealPath();
    } catch (IOException e) {
      return Optional.of(FileErrors.reason(e));
    }
    Path given = data.resolve(id);
    boolean allowed =
        real.startsWith(given)
            || OF_THE_SYSTEM.stream().anyMatch(each -> real.startsWith(each) && !real.equals(each));
    if (!allowed) {
      return Optional.of(
          "is in no place that may be shown to an input method: "
              + real
              + "; put a copy below "
              + given
              + ", or install it below /usr/share, /usr/local/share or /opt");
    }
    for (Path each : own) {
      if (real.startsWith(each) || each.startsWith(real)) {
        return Optional.of("holds what Keywarden itself keeps: " + each);
      }
    }
    if (!real.equals(path)) {
      return Optional.of("is behind a link; name what it is: " + real);
    }
    return refusalOfAncestors(real, user, true)
        .or(() -> refusalOfContent(real, Finding.Place.DATA, user));
  }

  /**
   * Returns why a file or directory may not be shown to an engine of the system, and what to do;
   * empty if it may. Only what a package put there and nobody but root can change, or what a plugin
   * may read.
   *
   * @param id of the engine's plugin
   */
  public Optional<String> refusalOfEngineData(Path path, String id) {
    Path real;
    try {
      real = path.toRealPath();
    } catch (IOException e) {
      return Optional.of(FileErrors.reason(e));
    }
    if (!isOfPackages(real)) {
      return refusalOfData(path, id);
    }
    if (!real.equals(path)) {
      return Optional.of("is behind a link; name what it is: " + real);
    }
    return refusalOfAncestors(real, ROOT, false)
        .or(() -> refusalOfContent(real, Finding.Place.DATA, ROOT));
  }

  /**
   * Returns why a program may not run with an engine, empty if it may: links to it too must be
   * root's.
   */
  public Optional<String> refusalOfEngineProgram(Path path, String id) {
    LinkedPath linked;
    try {
      if (!path.isAbsolute() || !path.equals(path.normalize())) {
        return Optional.of("is not absolute and plain");
      }
      linked = LinkedPath.of(path);
    } catch (IOException e) {
      return Optional.of(FileErrors.reason(e));
    }
    if (!Files.isRegularFile(linked.real()) || !Files.isExecutable(linked.real())) {
      return Optional.of("is no program");
    }
    if (!isOfPackages(linked.real())) {
      return refusalOfData(path, id);
    }
    return linked.links().stream()
        .map(link -> refusalOfAncestors(link.place(), ROOT, false))
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> refusalOfAncestors(linked.real(), ROOT, false))
        .or(() -> refusalOfContent(linked.real(), Finding.Place.DATA, ROOT));
  }

  private static boolean isOfPackages(Path real) {
    return OF_PACKAGES.stream().anyMatch(each -> real.startsWith(each) && !real.equals(each));
  }

  /** Whether every sandbox shows it: it is among what the dynamic linker may need. */
  public static boolean isLibrary(Path path) {
    return BubblewrapArguments.LIBRARIES.stream().anyMatch(path::startsWith);
  }

  /** Returns what in a plugin's own directory would be a channel, empty if nothing is. */
  public Optional<String> refusalOfPlugin(Path real) {
    return refusalOfContent(real, Finding.Place.PLUGIN, user);
  }

  /**
   * Whoever may write in a directory above may put another in the place of what was checked.
   *
   * @param sticky whether others may write where they cannot remove what is not theirs
   */
  private static Optional<String> refusalOfAncestors(Path real, int user, boolean sticky) {
    for (Path above = real.getParent(); above != null; above = above.getParent()) {
      try (HeldFile held = HeldFile.at(above)) {
        FileFacts facts = held.facts();
        if (facts.owner() != 0 && facts.owner() != user) {
          return Optional.of("is below " + above + ", which belongs to another user");
        }
        if (facts.isWritableByOthers() && !(sticky && facts.isSticky())) {
          return Optional.of("is below " + above + ", where others may write; chmod go-w " + above);
        }
      } catch (IOException e) {
        return Optional.of(FileErrors.reason(e));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> refusalOfContent(Path real, Finding.Place place, int user) {
    try (TreeLook look = new TreeLook(HeldFile.at(real), TreeLook.Rules.readOnly(place, user))) {
      // To the end, which the number of files bounds.
      while (!look.isOver()) {
        int ignored = look.goOn(FileWatch.BUDGET);
      }
      return look.found().map(found -> sentence(found, real));
    } catch (IOException e) {
      return Optional.of("cannot be searched: " + FileErrors.words(e));
    }
  }

  private static String sentence(TreeLook.Found found, Path real) {
    Path file = found.where().toString().isEmpty() ? real : real.resolve(found.where());
    return switch (found.finding()) {
      case Finding.InFiles flawed ->
          "holds " + flawed.flaw().words() + ": " + file + remedy(flawed.flaw(), file);
      case Finding.InProcess other -> throw new IllegalStateException("of a process");
      case Finding.Shared other -> throw new IllegalStateException("of a process");
      case Finding.StateTooLarge other -> throw new IllegalStateException("of a state directory");
    };
  }

  private static String remedy(Finding.Flaw flaw, Path file) {
    return switch (flaw) {
      case WRITABLE -> "; chmod go-w " + file;
      case FOREIGN -> "; make a copy of your own";
      case SPECIAL, OTHER_FILE_SYSTEM, UNSEARCHABLE, TOO_DEEP, TOO_MANY -> "; take it out";
      case LINKED -> "";
    };
  }
}
