package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.files.FileFacts;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.Finding.Flaw;

/**
 * One look through a tree that a sandbox shows, in as many steps as wanted. Directories are held
 * while they are looked through, and no link is followed, so that nothing outside is looked at
 * whatever somebody does to the tree meanwhile. What changes behind the look is met by the next.
 */
final class TreeLook implements AutoCloseable {
  private static final int DEPTH = 64;

  /** The least a file is counted as. */
  private static final long BLOCK = 4096;

  /**
   * What a tree may hold.
   *
   * @param owner who may own files there beside root; -1 for anybody
   * @param mostBytes of all files together; a directory counts as a block
   */
  record Rules(Finding.Place place, int owner, long mostBytes, int mostFiles) {
    /** For what is shown read-only: nobody may write there but root and the broker's user. */
    static Rules readOnly(Finding.Place place, int uid) {
      return new Rules(place, uid, Long.MAX_VALUE, 50_000);
    }

    /** For what the plugin writes itself. */
    static Rules state(long mostBytes) {
      return new Rules(Finding.Place.STATE, -1, mostBytes, Integer.MAX_VALUE);
    }

    private boolean isReadOnly() {
      return owner >= 0;
    }
  }

  /**
   * What was found.
   *
   * @param where below the root, empty for the root; for the owner of the files only
   */
  record Found(Finding finding, Path where) {}

  private record Level(
      HeldFile directory,
      FileFacts facts,
      DirectoryStream<Path> entries,
      Iterator<Path> left,
      Path where) {}

  private final Rules rules;
  private final ArrayDeque<Level> levels = new ArrayDeque<>();
  private final Map<Long, Integer> missingNames = new HashMap<>();
  private final long device;
  private @Nullable Found found;
  private long bytes;
  private int files;

  /**
   * Begins.
   *
   * @param root of the tree, closed with this
   */
  TreeLook(HeldFile root, Rules rules) throws IOException {
    this.rules = rules;
    try {
      FileFacts facts = root.facts();
      device = facts.device();
      judge(facts, Path.of(""));
      enter(root, facts, Path.of(""));
    } catch (IOException e) {
      root.close();
      throw e;
    }
  }

  Optional<Found> found() {
    return Optional.ofNullable(found);
  }

  boolean isOver() {
    return found != null || levels.isEmpty();
  }

  /** Once over: inodes of files that have more names than were met. */
  Set<Long> namedElsewhere() {
    return missingNames.entrySet().stream()
        .filter(each -> each.getValue() > 0)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Looks at so many files more, or at what is left; returns how many may be looked at yet. */
  int goOn(int budget) {
    int left = budget;
    while (left > 0 && !isOver()) {
      left--;
      Level level = levels.getLast();
      Path entry = next(level);
      if (entry == null) {
        leave();
      } else {
        look(level, entry);
      }
    }
    return left;
  }

  private static @Nullable Path next(Level level) {
    try {
      return level.left().hasNext() ? level.left().next().getFileName() : null;
    } catch (DirectoryIteratorException gone) {
      return null;
    }
  }

  private void look(Level level, Path entry) {
    Path where = level.where().resolve(entry);
    try {
      FileFacts facts = level.directory().facts(entry);
      if (!facts.isDirectory()) {
        judge(facts, where);
      } else if (!hold(level, entry, where) && isThereStill(level, entry, facts)) {
        found = flawed(Flaw.UNSEARCHABLE, facts, where);
      }
    } catch (AccessDeniedException unsearchable) {
      found = flawed(Flaw.UNSEARCHABLE, level.facts(), level.where());
    } catch (IOException gone) {
      return;
    }
  }

  /** Goes into what was a directory just now; returns whether it could be held. */
  private boolean hold(Level level, Path entry, Path where) {
    HeldFile directory;
    try {
      directory = level.directory().entry(entry);
    } catch (IOException refused) {
      return false;
    }
    try {
      FileFacts facts = directory.facts();
      judge(facts, where);
      enter(directory, facts, where);
    } catch (IOException gone) {
      directory.close();
    }
    return true;
  }

  private static boolean isThereStill(Level level, Path entry, FileFacts before) {
    try {
      return level.directory().facts(entry).equals(before);
    } catch (IOException gone) {
      return false;
    }
  }

  /** Goes into a directory, to be left again; anything else is closed. */
  private void enter(HeldFile held, FileFacts facts, Path where) throws IOException {
    if (!facts.isDirectory() || found != null) {
      held.close();
    } else if (levels.size() >= DEPTH) {
      found = flawed(Flaw.TOO_DEEP, facts, where);
      held.close();
    } else {
      try {
        DirectoryStream<Path> entries = held.entries();
        levels.addLast(new Level(held, facts, entries, entries.iterator(), where));
      } catch (AccessDeniedException unsearchable) {
        found = flawed(Flaw.UNSEARCHABLE, facts, where);
        held.close();
      }
    }
  }

  private void judge(FileFacts facts, Path where) {
    files++;
    bytes += Math.max(BLOCK, facts.isRegular() ? facts.size() : 0);
    if (facts.isSpecial()) {
      found = flawed(Flaw.SPECIAL, facts, where);
    } else if (facts.isDirectory() && facts.device() != device) {
      found = flawed(Flaw.OTHER_FILE_SYSTEM, facts, where);
    } else if (rules.isReadOnly() && !facts.isLink()) {
      judgeWriters(facts, where);
    }
    if (found == null && bytes > rules.mostBytes()) {
      found = new Found(new Finding.StateTooLarge(rules.mostBytes()), where);
    }
    if (found == null && files > rules.mostFiles()) {
      found = flawed(Flaw.TOO_MANY, facts, where);
    }
    if (facts.isRegular() && facts.names() > 1) {
      missingNames.merge(facts.inode(), facts.names() - 1, (before, ignored) -> before - 1);
    }
  }

  private void judgeWriters(FileFacts facts, Path where) {
    if (facts.owner() != 0 && facts.owner() != rules.owner()) {
      found = flawed(Flaw.FOREIGN, facts, where);
    } else if (facts.isWritableByOthers()) {
      found = flawed(Flaw.WRITABLE, facts, where);
    }
  }

  private Found flawed(Flaw flaw, FileFacts facts, Path where) {
    return new Found(new Finding.InFiles(flaw, rules.place(), facts.inode()), where);
  }

  private void leave() {
    close(levels.removeLast());
  }

  private static void close(Level level) {
    try {
      level.entries().close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      level.directory().close();
    }
  }

  @Override
  public void close() {
    while (!levels.isEmpty()) {
      leave();
    }
  }
}
