package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Finding;
import org.keywarden.broker.process.ProcessStarter.Identity;

/**
 * Looks at a sandbox from outside, time and again: at each of its processes, at what it was shown,
 * and at who else holds what it has. Thread: the watch's.
 */
final class Inspection implements AutoCloseable {
  private static final Path PROC = Path.of("/proc");

  /** Every so many looks all processes of the machine are searched, which takes longer. */
  private static final int SEARCH_STRANGERS = 5;

  private final Confinement confinement;
  private final FileWatch files;
  private int looks;
  private Optional<Strangers.Found> suspicion = Optional.empty();

  Inspection(Confinement confinement) {
    this.confinement = confinement;
    this.files = new FileWatch(PROC, confinement);
  }

  /**
   * Looks once.
   *
   * @param programs those it may run, as they were found
   * @return what nobody declared, empty if there is nothing or the process is gone
   */
  Optional<Finding> look(Identity known, List<Path> programs) {
    ChannelWatch watch = new ChannelWatch(PROC, Path.of("/tmp"), programs, confinement);
    List<Long> tree = ProcFiles.tree(known.pid());
    try {
      long outer = ProcFiles.namespace(known.pid(), "mnt");
      boolean filesSeen = false;
      for (long pid : tree) {
        // What shares the first process's mounts is the sandbox's own setting up.
        if (ProcFiles.namespace(pid, "mnt") != outer) {
          Optional<Finding> found = watch.violation(pid);
          if (found.isEmpty() && !filesSeen) {
            filesSeen = true;
            found = files.look(pid);
          }
          if (found.isPresent()) {
            return found;
          }
        }
      }
      return strangers(known, tree);
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private Optional<Finding> strangers(Identity known, List<Long> tree) throws IOException {
    if (looks++ % SEARCH_STRANGERS != 0 && suspicion.isEmpty()) {
      return Optional.empty();
    }
    // Numbers of what is closed are given anew at once: once is no proof.
    Optional<Strangers.Found> before = suspicion;
    // bubblewrap outside is told by an event counter how the process inside ended.
    suspicion =
        new Strangers(PROC).shared(tree, ProcFiles.parent(known.pid()), outputs(known.pid()));
    return suspicion.isPresent() && suspicion.equals(before)
        ? suspicion.map(Strangers.Found::finding)
        : Optional.empty();
  }

  /** What the broker reads of the sandbox: its report and the output of all in it. */
  private static Set<String> outputs(long pid) {
    Path process = ProcFiles.of(pid);
    return Stream.of("1", "2")
        .map(descriptor -> Strangers.name(process, process.resolve("fd").resolve(descriptor)))
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    files.close();
  }
}
