package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;

/**
 * Looks through the files of the host that a sandbox shows, as they are seen inside: what was
 * checked before it began may have changed since. A look is of so many files at most; the next goes
 * on where it ended.
 *
 * <p>Thread: the watch's.
 */
final class FileWatch implements AutoCloseable {
  /** Files in one look. A state directory of the usual size is seen whole within 16 looks. */
  static final int BUDGET = 4_096;

  private final Path proc;
  private final List<Tree> trees = new ArrayList<>();
  private int next;
  private @Nullable TreeLook current;

  /** Inodes of the state directory that had names outside of it at the last look. */
  private Set<Long> suspicion = Set.of();

  private record Tree(Path path, TreeLook.Rules rules) {}

  /**
   * @param proc where {@code /proc} is; another place for tests
   */
  FileWatch(Path proc, Confinement confinement) {
    this.proc = proc;
    Path state = confinement.state();
    if (state != null) {
      trees.add(new Tree(state, TreeLook.Rules.state(confinement.limits().stateBytes())));
    }
    for (Confinement.Examined each : confinement.examined()) {
      trees.add(new Tree(each.path(), TreeLook.Rules.readOnly(each.place(), USER)));
    }
  }

  private static final int USER = user();

  private static int user() {
    try {
      return ProcFiles.user();
    } catch (IOException unknown) {
      throw new java.io.UncheckedIOException(unknown);
    }
  }

  /**
   * Looks on.
   *
   * @param pid a process of the sandbox
   * @return what should not be there, empty if nothing was met
   * @throws IOException if the process is gone
   */
  Optional<Finding> look(long pid) throws IOException {
    return look(pid, BUDGET);
  }

  Optional<Finding> look(long pid, int budget) throws IOException {
    int left = budget;
    for (int ended = 0; ended < trees.size() && left > 0; ) {
      Tree tree = trees.get(next);
      TreeLook look = current == null ? begin(pid, tree) : current;
      current = look;
      left = look.goOn(left);
      if (look.found().isPresent()) {
        close();
        return look.found().map(TreeLook.Found::finding);
      }
      if (look.isOver()) {
        close();
        next = (next + 1) % trees.size();
        ended++;
        Optional<Finding> elsewhere = namedElsewhere(tree, look);
        if (elsewhere.isPresent()) {
          return elsewhere;
        }
      }
    }
    return Optional.empty();
  }

  private TreeLook begin(long pid, Tree tree) throws IOException {
    // The name of a process's root leads to what it sees itself.
    return new TreeLook(
        HeldFile.follow(Path.of(proc + "/" + pid + "/root" + tree.path())), tree.rules());
  }

  /**
   * A file of the state directory with a name that was not met may be in another plugin's, both
   * writing to it. Programs that replace files give them two names for a moment, so it takes two
   * looks. What is shown read-only may have names elsewhere: whole systems are stored that way.
   */
  private Optional<Finding> namedElsewhere(Tree tree, TreeLook look) {
    if (tree.rules().place() != Finding.Place.STATE) {
      return Optional.empty();
    }
    Set<Long> twice = new HashSet<>(look.namedElsewhere());
    twice.retainAll(suspicion);
    suspicion = look.namedElsewhere();
    return twice.stream()
        .findFirst()
        .map(inode -> new Finding.InFiles(Finding.Flaw.LINKED, Finding.Place.STATE, inode));
  }

  /** Lets go of what is held between looks. */
  @Override
  public void close() {
    TreeLook look = current;
    current = null;
    if (look != null) {
      look.close();
    }
  }
}
