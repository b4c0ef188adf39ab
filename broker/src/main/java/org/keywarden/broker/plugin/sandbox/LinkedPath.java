package org.keywarden.broker.plugin.sandbox;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A path of the host and the symbolic links on the way to what it names (path_resolution(7)).
 * bubblewrap mounts on no link, so a file is shown where it really is, and the links beside it.
 *
 * @param real what it leads to, without links
 * @param links in the order they are met, each once; none lies behind another link
 */
record LinkedPath(Path real, List<Link> links) {
  private static final int MOST_LINKS = 40;

  LinkedPath {
    links = List.copyOf(links);
  }

  /**
   * A symbolic link.
   *
   * @param place absolute
   * @param target what it says, relative to its directory if it is not absolute
   */
  record Link(Path place, Path target) {}

  /**
   * Follows a path.
   *
   * @param path absolute
   * @throws IOException if it leads nowhere; the message names it
   */
  static LinkedPath of(Path path) throws IOException {
    Set<Link> links = new LinkedHashSet<>();
    int followed = 0;
    Deque<Path> ahead = new ArrayDeque<>();
    path.forEach(ahead::addLast);
    Path reached = Path.of("/");
    while (!ahead.isEmpty()) {
      Path name = ahead.removeFirst();
      Path next = reached.resolve(name).normalize();
      if (!Files.isSymbolicLink(next)) {
        reached = next;
        continue;
      }
      if (++followed > MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      Path target = Files.readSymbolicLink(next);
      links.add(new Link(next, target));
      if (target.isAbsolute()) {
        reached = Path.of("/");
      }
      for (int i = target.getNameCount() - 1; i >= 0; i--) {
        ahead.addFirst(target.getName(i));
      }
    }
    return new LinkedPath(path.toRealPath(), List.copyOf(links));
  }
}
